-- The schema that every mutation starts from: at least one of every kind of object.
CREATE SCHEMA shop;
CREATE SCHEMA util;
CREATE EXTENSION citext WITH SCHEMA util;
CREATE TYPE shop.status AS ENUM ('new', 'paid', 'sent');
CREATE TYPE shop.priority AS ENUM ('low', 'high');
CREATE TYPE shop.address AS (street text, city varchar(40));
CREATE TYPE shop.pricerange AS RANGE (subtype = numeric);
CREATE DOMAIN shop.email AS text CONSTRAINT email_at CHECK (VALUE ~ '@');
CREATE DOMAIN shop.quantity AS integer DEFAULT 1 NOT NULL CHECK (VALUE > 0);
CREATE COLLATION shop.german (provider = icu, locale = 'de-DE');
CREATE SEQUENCE shop.invoice_no START WITH 1000 INCREMENT BY 5 CACHE 10;
CREATE FUNCTION shop.tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.2';
CREATE FUNCTION shop.label(s shop.status, OUT text text) LANGUAGE sql STABLE AS 'SELECT s::text';
CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name varchar(80) NOT NULL,
    mail shop.email,
    kind varchar(20) DEFAULT 'person' CHECK (kind IN ('person', 'firm')),
    home shop.address,
    born date,
    notes text,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customers_mail_key UNIQUE (mail)
);
CREATE TABLE shop.products (
    id serial PRIMARY KEY,
    sku char(8) NOT NULL UNIQUE,
    title text COLLATE "C" NOT NULL,
    price numeric(10,2) NOT NULL,
    gross numeric GENERATED ALWAYS AS (price * 1.2) STORED,
    tags text[] DEFAULT '{}',
    props jsonb,
    valid daterange,
    weight real,
    stock shop.quantity,
    CONSTRAINT price_positive CHECK (price > 0),
    CONSTRAINT no_overlap EXCLUDE USING gist (valid WITH &&)
);
CREATE TABLE shop.orders (
    id bigserial,
    customer_id bigint NOT NULL,
    status shop.status NOT NULL DEFAULT 'new',
    placed timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    total numeric(12,2) DEFAULT 0,
    note varchar(200),
    invoice integer DEFAULT nextval('shop.invoice_no'),
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES shop.customers (id) ON DELETE CASCADE
);
ALTER TABLE shop.orders ADD CONSTRAINT total_sane CHECK (total >= 0 AND total < 1000000) NOT VALID;
CREATE TABLE shop.items (
    order_id bigint REFERENCES shop.orders,
    product_id integer REFERENCES shop.products DEFERRABLE INITIALLY DEFERRED,
    amount integer NOT NULL DEFAULT 1,
    price numeric(10,2),
    PRIMARY KEY (order_id, product_id)
);
CREATE TABLE shop.log (
    at timestamptz NOT NULL,
    level smallint NOT NULL,
    message text
) PARTITION BY RANGE (at);
CREATE TABLE shop.log_2024 PARTITION OF shop.log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shop.log_2025 PARTITION OF shop.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE shop.log_rest PARTITION OF shop.log DEFAULT;
CREATE INDEX log_level_idx ON shop.log (level);
CREATE TABLE shop.people (id integer NOT NULL, name text);
CREATE TABLE shop.staff (salary numeric) INHERITS (shop.people);
CREATE TABLE shop.lonely (id integer NOT NULL, name text);
CREATE UNLOGGED TABLE shop.scratch (k text PRIMARY KEY, v bytea);
CREATE TABLE shop.settings (name text, value text) WITH (fillfactor = 70, autovacuum_enabled = false);
CREATE INDEX orders_customer_idx ON shop.orders (customer_id);
CREATE INDEX orders_open_idx ON shop.orders (placed DESC) WHERE status <> 'sent';
CREATE INDEX customers_lower_idx ON shop.customers (lower(name));
CREATE UNIQUE INDEX products_title_key ON shop.products (title, price);
CREATE INDEX products_props_idx ON shop.products USING gin (props);
CREATE INDEX items_product_idx ON shop.items (product_id) INCLUDE (amount) WITH (fillfactor = 80);
CREATE STATISTICS shop.orders_stats (dependencies, ndistinct) ON customer_id, status FROM shop.orders;
CREATE VIEW shop.open_orders AS
    SELECT o.id, o.placed, o.total, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id
    WHERE o.status <> 'sent';
CREATE VIEW shop.open_count AS SELECT name, count(*) AS n FROM shop.open_orders GROUP BY name;
CREATE VIEW shop.active_customers WITH (security_barrier = true) AS SELECT id, name FROM shop.customers WHERE active WITH LOCAL CHECK OPTION;
CREATE MATERIALIZED VIEW shop.sales AS SELECT product_id, sum(amount) AS sold FROM shop.items GROUP BY product_id;
CREATE UNIQUE INDEX sales_key ON shop.sales (product_id);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.placed := now();
    RETURN NEW;
END
$$;
CREATE FUNCTION shop.audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'pg_catalog' AS $$
BEGIN
    RETURN NULL;
END
$$;
CREATE FUNCTION shop.customer_total(cid bigint, since date DEFAULT '2000-01-01') RETURNS numeric LANGUAGE sql STABLE COST 500
    BEGIN ATOMIC SELECT sum(total) FROM shop.orders WHERE customer_id = cid AND placed >= since; END;
CREATE FUNCTION shop.names(VARIADIC parts text[]) RETURNS SETOF text LANGUAGE plpgsql ROWS 10 PARALLEL SAFE AS $$
BEGIN
    RETURN QUERY SELECT unnest(parts);
END
$$;
CREATE PROCEDURE shop.purge(before date) LANGUAGE sql AS 'DELETE FROM shop.log WHERE at < before';
CREATE AGGREGATE shop.product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION shop.touch();
CREATE TRIGGER audit AFTER INSERT ON shop.orders REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION shop.audit('orders');
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.audit();
CREATE RULE no_delete AS ON DELETE TO shop.settings DO INSTEAD NOTHING;
ALTER TABLE shop.customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.customers FOR SELECT TO pgreckon_a USING (name = CURRENT_USER);
CREATE POLICY adding ON shop.customers FOR INSERT WITH CHECK (active);
CREATE OPERATOR shop.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq, COMMUTATOR = OPERATOR(shop.===), RESTRICT = eqsel);
CREATE FUNCTION shop.status_rank(shop.status) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (shop.status AS integer) WITH FUNCTION shop.status_rank(shop.status) AS ASSIGNMENT;
CREATE OPERATOR CLASS shop.int_desc FOR TYPE integer USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);
CREATE TEXT SEARCH DICTIONARY shop.plain (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION shop.search (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION shop.search ALTER MAPPING FOR asciiword WITH shop.plain;
CREATE FOREIGN DATA WRAPPER files OPTIONS (debug 'true');
CREATE SERVER archive TYPE 'old' VERSION '1' FOREIGN DATA WRAPPER files OPTIONS (host 'a', port '1');
CREATE USER MAPPING FOR pgreckon_a SERVER archive OPTIONS (username 'a');
CREATE FOREIGN TABLE shop.old_orders (id bigint OPTIONS (column_name 'ID') NOT NULL, total numeric) SERVER archive OPTIONS (file 'orders');
CREATE PUBLICATION feed FOR TABLE shop.orders, shop.customers (id, name) WITH (publish = 'insert, update');
CREATE PUBLICATION everything FOR ALL TABLES;
CREATE SUBSCRIPTION upstream CONNECTION 'dbname=nowhere' PUBLICATION feed WITH (connect = false, slot_name = NONE, streaming = parallel);
CREATE FUNCTION util.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER watcher ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION util.watch();
CREATE CONVERSION shop.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
ALTER TABLE shop.products ALTER COLUMN props SET STORAGE EXTERNAL;
ALTER TABLE shop.products ALTER COLUMN title SET STATISTICS 500;
ALTER TABLE shop.products ALTER COLUMN tags SET COMPRESSION pglz;
ALTER TABLE shop.orders ALTER COLUMN customer_id SET (n_distinct = 100);
ALTER TABLE shop.lonely REPLICA IDENTITY FULL;
COMMENT ON SCHEMA shop IS 'the shop';
COMMENT ON TABLE shop.orders IS 'what was ordered';
COMMENT ON COLUMN shop.orders.total IS 'in euros';
COMMENT ON CONSTRAINT total_sane ON shop.orders IS 'no typing errors';
COMMENT ON INDEX shop.orders_customer_idx IS 'for the list';
COMMENT ON FUNCTION shop.tax(numeric) IS 'VAT';
COMMENT ON TYPE shop.status IS 'where an order is';
COMMENT ON TRIGGER touch ON shop.orders IS 'keeps the time';
COMMENT ON POLICY own ON shop.customers IS 'everybody sees himself';
COMMENT ON VIEW shop.open_orders IS 'still to be sent';
GRANT USAGE ON SCHEMA shop TO pgreckon_a;
GRANT SELECT, INSERT ON shop.orders TO pgreckon_a;
GRANT SELECT ON shop.open_orders TO PUBLIC;
GRANT UPDATE (note) ON shop.orders TO pgreckon_b;
GRANT USAGE ON SEQUENCE shop.invoice_no TO pgreckon_a;
REVOKE EXECUTE ON FUNCTION shop.tax(numeric) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.tax(numeric) TO pgreckon_b;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO pgreckon_b;
ALTER TABLE shop.lonely OWNER TO pgreckon_b;
