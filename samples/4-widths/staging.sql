CREATE TABLE public.contacts (
    id bigint NOT NULL,
    name character varying NOT NULL,
    email character varying NOT NULL,
    city text,
    country character varying(255),
    newsletter boolean DEFAULT false NOT NULL,
    source text,
    verified_at timestamp with time zone,
    CONSTRAINT contacts_pkey PRIMARY KEY (id)
);

CREATE INDEX contacts_email_idx ON public.contacts USING btree (email);
