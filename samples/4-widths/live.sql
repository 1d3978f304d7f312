CREATE TABLE public.contacts (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    email text NOT NULL,
    city character varying(255),
    country character varying(255),
    CONSTRAINT contacts_pkey PRIMARY KEY (id)
);

CREATE INDEX contacts_email_idx ON public.contacts USING btree (email);
