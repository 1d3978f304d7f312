--- an identity becomes a serial column
ALTER TABLE shop.customers ALTER COLUMN id DROP IDENTITY;
CREATE SEQUENCE shop.customers_id_seq OWNED BY shop.customers.id;
ALTER TABLE shop.customers ALTER COLUMN id SET DEFAULT nextval('shop.customers_id_seq');
--> extra sequence shop.customers_id_seq
--> different table shop.customers, column id: default
--> different table shop.customers, column id: identity
--> different table shop.customers, column id: identity's values
--- the sequence of a serial column has another name
ALTER SEQUENCE shop.products_id_seq RENAME TO product_numbers;
--> extra sequence shop.product_numbers
--> missing sequence shop.products_id_seq
--> different table shop.products, column id: default
--- type of a key and of what refers to it
ALTER TABLE shop.items DROP CONSTRAINT items_product_id_fkey;
DROP MATERIALIZED VIEW shop.sales;
ALTER TABLE shop.products ALTER COLUMN id TYPE bigint;
ALTER TABLE shop.items ALTER COLUMN product_id TYPE bigint;
ALTER TABLE shop.items ADD CONSTRAINT items_product_id_fkey FOREIGN KEY (product_id) REFERENCES shop.products DEFERRABLE INITIALLY DEFERRED;
CREATE MATERIALIZED VIEW shop.sales AS SELECT product_id, sum(amount) AS sold FROM shop.items GROUP BY product_id;
CREATE UNIQUE INDEX sales_key ON shop.sales (product_id);
--> different materialized view shop.sales: columns
--> different materialized view shop.sales: privileges
--> different table shop.items, column product_id: type
--> different table shop.products, column id: type
--> different table shop.products, column id: default
--- remove a value of an enum that columns use
DROP VIEW shop.open_count, shop.open_orders;
DROP INDEX shop.orders_open_idx;
DROP TRIGGER touch ON shop.orders;
DROP CAST (shop.status AS integer);
DROP FUNCTION shop.label(shop.status), shop.status_rank(shop.status);
DROP STATISTICS shop.orders_stats;
ALTER TABLE shop.orders ALTER COLUMN status DROP DEFAULT;
ALTER TYPE shop.status RENAME TO status_old;
CREATE TYPE shop.status AS ENUM ('new', 'sent');
ALTER TABLE shop.orders ALTER COLUMN status TYPE shop.status USING status::text::shop.status;
ALTER TABLE shop.orders ALTER COLUMN status SET DEFAULT 'new';
DROP TYPE shop.status_old;
CREATE INDEX orders_open_idx ON shop.orders (placed DESC) WHERE status <> 'sent';
--> missing cast shop.status to integer
--> missing function shop.label(shop.status)
--> missing function shop.status_rank(shop.status)
--> missing table shop.orders, statistics shop.orders_stats
--> missing table shop.orders, trigger touch
--> different type shop.status: values
--> cosmetic type shop.status: comment
--> missing view shop.open_count
--> missing view shop.open_orders
--- an enum becomes text
ALTER TABLE shop.orders ADD COLUMN how shop.priority;
ALTER TABLE shop.orders ALTER COLUMN how TYPE text;
DROP TYPE shop.priority;
--> extra table shop.orders, column how
--> missing type shop.priority
--- attach a table that is there
CREATE TABLE shop.log_2027 (at timestamptz NOT NULL, level smallint NOT NULL, message text);
ALTER TABLE shop.log ATTACH PARTITION shop.log_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--> extra table shop.log_2027
--- a list-partitioned table by an enum
CREATE TABLE shop.tickets (id bigint, state shop.status NOT NULL) PARTITION BY LIST (state);
CREATE TABLE shop.tickets_open PARTITION OF shop.tickets FOR VALUES IN ('new', 'paid');
CREATE TABLE shop.tickets_done PARTITION OF shop.tickets FOR VALUES IN ('sent');
--> extra table shop.tickets
--> extra table shop.tickets_done
--> extra table shop.tickets_open
--- the return type of a function that a view uses
CREATE FUNCTION shop.rate() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE VIEW shop.rates AS SELECT shop.rate() AS r;
DROP FUNCTION shop.tax(numeric);
CREATE FUNCTION shop.tax(amount numeric) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT (amount * 0.2)::float8';
--> extra function shop.rate()
--> different function shop.tax(numeric): returns
--> different function shop.tax(numeric): body
--> cosmetic function shop.tax(numeric): comment
--> different function shop.tax(numeric): privileges
--> extra view shop.rates
--- a function becomes a procedure
DROP FUNCTION shop.names(text[]);
CREATE PROCEDURE shop.names(VARIADIC parts text[]) LANGUAGE plpgsql AS $$ BEGIN END $$;
--> missing function shop.names(text[])
--> extra procedure shop.names(text[])
--- a default from a new function in a new schema
CREATE SCHEMA ids;
CREATE FUNCTION ids.next() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
ALTER TABLE shop.orders ADD COLUMN token uuid NOT NULL DEFAULT ids.next();
ALTER TABLE shop.orders ADD CONSTRAINT orders_token_key UNIQUE (token);
--> extra function ids.next()
--> extra schema ids
--> extra table shop.orders, column token
--> extra table shop.orders, constraint orders_token_key
--- a new column in a unique constraint
ALTER TABLE shop.customers ADD COLUMN tenant integer NOT NULL DEFAULT 1;
ALTER TABLE shop.customers DROP CONSTRAINT customers_mail_key;
ALTER TABLE shop.customers ADD CONSTRAINT customers_mail_key UNIQUE (tenant, mail);
--> extra table shop.customers, column tenant
--> different table shop.customers, constraint customers_mail_key: definition
--- two tables swap a foreign key
ALTER TABLE shop.items DROP CONSTRAINT items_order_id_fkey;
ALTER TABLE shop.orders ADD COLUMN first_item integer;
ALTER TABLE shop.orders ADD CONSTRAINT orders_first_fk FOREIGN KEY (first_item) REFERENCES shop.products ON DELETE SET NULL;
--> missing table shop.items, constraint items_order_id_fkey
--> extra table shop.orders, column first_item
--> extra table shop.orders, constraint orders_first_fk
--- an operator family of its own
CREATE OPERATOR FAMILY shop.numbers USING btree;
ALTER OPERATOR FAMILY shop.numbers USING btree ADD OPERATOR 1 < (int4, int8), FUNCTION 1 (int4, int8) btint48cmp(int4, int8);
--> extra operator family shop.numbers using btree
--- an access method
CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
--> extra access method pile
--- a domain over a domain
CREATE DOMAIN shop.short_email AS shop.email CHECK (length(VALUE) < 40);
ALTER TABLE shop.customers ADD COLUMN second_mail shop.short_email;
--> extra domain shop.short_email
--> extra table shop.customers, column second_mail
--- a typed table is no longer of its type
CREATE TABLE shop.places OF shop.address;
ALTER TABLE shop.places NOT OF;
--> extra table shop.places
--- a view takes a table's place
CREATE TABLE shop.settings_all AS SELECT * FROM shop.settings WHERE false;
DROP TABLE shop.settings;
CREATE VIEW shop.settings AS SELECT name, value FROM shop.settings_all;
--> missing table shop.settings
--> extra table shop.settings_all
--> extra view shop.settings
--- a temporal key
CREATE TABLE shop.bookings (room int4range, at daterange, CONSTRAINT bookings_pkey PRIMARY KEY (room, at WITHOUT OVERLAPS));
--> extra table shop.bookings
--- an index of expressions with statistics
CREATE INDEX orders_sum_idx ON shop.orders ((total * 2), (coalesce(note, '')));
ALTER INDEX shop.orders_sum_idx ALTER COLUMN 1 SET STATISTICS 50;
--> extra table shop.orders, index orders_sum_idx
--- default and generated columns change places
ALTER TABLE shop.products ALTER COLUMN gross DROP EXPRESSION;
ALTER TABLE shop.products ADD COLUMN net numeric GENERATED ALWAYS AS (gross / 1.2) STORED;
--> different table shop.products, column gross: generated
--> different table shop.products, column gross: default
--> extra table shop.products, column net
