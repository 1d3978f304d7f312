--- add a value at the end of an enum
ALTER TYPE shop.status ADD VALUE 'lost';
--> different type shop.status: values
--- add a value before another
ALTER TYPE shop.status ADD VALUE 'draft' BEFORE 'new';
--> different type shop.status: values
--- add values between
ALTER TYPE shop.status ADD VALUE 'packed' AFTER 'paid';
ALTER TYPE shop.status ADD VALUE 'fetched' AFTER 'packed';
--> different type shop.status: values
--- add a value and use it
ALTER TYPE shop.priority ADD VALUE 'urgent';
CREATE FUNCTION shop.most() RETURNS text LANGUAGE sql AS $$ SELECT 'urgent' $$;
ALTER TABLE shop.items ADD COLUMN prio shop.priority DEFAULT 'high';
--> extra function shop.most()
--> extra table shop.items, column prio
--> different type shop.priority: values
--- rename a value
ALTER TYPE shop.status RENAME VALUE 'sent' TO 'shipped';
--> different table shop.orders, index orders_open_idx: definition
--> different type shop.status: values
--> different view shop.open_orders: query
--- remove a value of an unused enum
DROP TYPE shop.priority;
CREATE TYPE shop.priority AS ENUM ('low');
--> different type shop.priority: values
--- order of values
DROP TYPE shop.priority;
CREATE TYPE shop.priority AS ENUM ('high', 'low');
--> different type shop.priority: values
--- create an enum
CREATE TYPE shop.color AS ENUM ('red', 'green');
--> extra type shop.color
--- drop an enum
DROP TYPE shop.priority;
--> missing type shop.priority
--- rename a type
ALTER TYPE shop.priority RENAME TO urgency;
--> missing type shop.priority
--> extra type shop.urgency
--- comment on a type
COMMENT ON TYPE shop.status IS 'state';
--> cosmetic type shop.status: comment
--- owner of a type
ALTER TYPE shop.priority OWNER TO pgreckon_a;
--> different type shop.priority: owner
--- privileges on a type
REVOKE USAGE ON TYPE shop.priority FROM PUBLIC;
--> different type shop.priority: privileges
--- create a composite type
CREATE TYPE shop.money_of AS (amount numeric, currency char(3));
--> extra type shop.money_of
--- add an attribute
ALTER TYPE shop.address ADD ATTRIBUTE zip text;
--> different type shop.address: attributes
--- drop an attribute
ALTER TYPE shop.address DROP ATTRIBUTE city;
--> different type shop.address: attributes
--- type of an attribute of an unused type
CREATE TYPE shop.pair AS (a integer, b integer);
--> extra type shop.pair
--- create a domain
CREATE DOMAIN shop.zip AS varchar(10) COLLATE "C" DEFAULT '0' CONSTRAINT zip_digits CHECK (VALUE ~ '^[0-9]+$');
--> extra domain shop.zip
--- drop a domain
ALTER TABLE shop.customers ALTER COLUMN mail TYPE text;
DROP DOMAIN shop.email;
--> missing domain shop.email
--> different table shop.customers, column mail: type
--- default of a domain
ALTER DOMAIN shop.quantity SET DEFAULT 2;
--> different domain shop.quantity: default
--- default of a domain dropped
ALTER DOMAIN shop.quantity DROP DEFAULT;
--> different domain shop.quantity: default
--- not null of a domain
ALTER DOMAIN shop.quantity DROP NOT NULL;
--> different domain shop.quantity: null
--- not null of a domain set
ALTER DOMAIN shop.email SET NOT NULL;
--> different domain shop.email: null
--- add a constraint of a domain
ALTER DOMAIN shop.email ADD CONSTRAINT email_long CHECK (length(VALUE) > 5);
--> extra domain shop.email, constraint email_long
--- add a constraint of a domain that is not valid
ALTER DOMAIN shop.email ADD CONSTRAINT email_long CHECK (length(VALUE) > 5) NOT VALID;
--> extra domain shop.email, constraint email_long
--- drop a constraint of a domain
ALTER DOMAIN shop.email DROP CONSTRAINT email_at;
--> missing domain shop.email, constraint email_at
--- change a constraint of a domain
ALTER DOMAIN shop.email DROP CONSTRAINT email_at;
ALTER DOMAIN shop.email ADD CONSTRAINT email_at CHECK (VALUE ~ '^.+@.+$');
--> different domain shop.email, constraint email_at: definition
--- rename a constraint of a domain
ALTER DOMAIN shop.email RENAME CONSTRAINT email_at TO has_at;
--> missing domain shop.email, constraint email_at
--> extra domain shop.email, constraint has_at
--- comment on a domain
COMMENT ON DOMAIN shop.email IS 'mail';
--> cosmetic domain shop.email: comment
--- base type of a domain
ALTER TABLE shop.customers ALTER COLUMN mail TYPE text;
DROP DOMAIN shop.email;
CREATE DOMAIN shop.email AS varchar(200) CONSTRAINT email_at CHECK (VALUE ~ '@');
ALTER TABLE shop.customers ALTER COLUMN mail TYPE shop.email;
--> different domain shop.email: of
--- create a range type
CREATE TYPE shop.timerange AS RANGE (subtype = time, multirange_type_name = shop.timeranges);
--> extra type shop.timerange
--- drop a range type
DROP TYPE shop.pricerange;
--> missing type shop.pricerange
--- subtype of a range type
DROP TYPE shop.pricerange;
CREATE TYPE shop.pricerange AS RANGE (subtype = float8);
--> different type shop.pricerange: of
--> different type shop.pricerange: operator class
--- create a schema
CREATE SCHEMA extra;
--> extra schema extra
--- create a schema with an owner
CREATE SCHEMA extra AUTHORIZATION pgreckon_a;
--> extra schema extra
--- drop a schema
DROP EVENT TRIGGER watcher;
DROP FUNCTION util.watch();
DROP EXTENSION citext;
DROP SCHEMA util;
--> missing event trigger watcher
--> missing extension citext
--> missing function util.watch()
--> missing schema util
--- privileges on a schema
GRANT CREATE ON SCHEMA shop TO pgreckon_a;
--> different schema shop: privileges
--- comment on a schema
COMMENT ON SCHEMA shop IS NULL;
--> cosmetic schema shop: comment
--- owner of a schema
ALTER SCHEMA util OWNER TO pgreckon_b;
--> different schema util: owner
--- create an extension
CREATE EXTENSION pg_trgm WITH SCHEMA util;
--> extra extension pg_trgm
--- drop an extension
DROP EXTENSION citext;
--> missing extension citext
--- schema of an extension
ALTER EXTENSION citext SET SCHEMA shop;
--> different extension citext: schema
--- create a collation
CREATE COLLATION shop.french (provider = icu, locale = 'fr-FR', deterministic = false);
--> extra collation shop.french
--- drop a collation
DROP COLLATION shop.german;
--> missing collation shop.german
--- locale of a collation
DROP COLLATION shop.german;
CREATE COLLATION shop.german (provider = icu, locale = 'de-AT');
--> different collation shop.german: locale
--- create an operator
CREATE OPERATOR shop.!== (LEFTARG = text, RIGHTARG = text, FUNCTION = textne);
--> extra operator shop.!==(text, text)
--- drop an operator
DROP OPERATOR shop.=== (text, text);
--> missing operator shop.===(text, text)
--- estimator of an operator
ALTER OPERATOR shop.=== (text, text) SET (RESTRICT = NONE, JOIN = eqjoinsel);
--> different operator shop.===(text, text): restriction
--> different operator shop.===(text, text): join
--- function of an operator
DROP OPERATOR shop.=== (text, text);
CREATE OPERATOR shop.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = textne, COMMUTATOR = OPERATOR(shop.===), RESTRICT = eqsel);
--> different operator shop.===(text, text): function
--- create a cast
CREATE CAST (shop.priority AS integer) WITH INOUT;
--> extra cast shop.priority to integer
--- drop a cast
DROP CAST (shop.status AS integer);
--> missing cast shop.status to integer
--- context of a cast
DROP CAST (shop.status AS integer);
CREATE CAST (shop.status AS integer) WITH FUNCTION shop.status_rank(shop.status);
--> different cast shop.status to integer: context
--- create an operator class
CREATE OPERATOR CLASS shop.text_rev FOR TYPE text USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 bttextcmp(text, text);
--> extra operator class shop.text_rev using btree
--> extra operator family shop.text_rev using btree
--- drop an operator class
DROP OPERATOR FAMILY shop.int_desc USING btree;
--> missing operator class shop.int_desc using btree
--> missing operator family shop.int_desc using btree
--- create a text search dictionary
CREATE TEXT SEARCH DICTIONARY shop.other (TEMPLATE = simple);
--> extra text search dictionary shop.other
--- options of a text search dictionary
ALTER TEXT SEARCH DICTIONARY shop.plain (STOPWORDS = german, ACCEPT = false);
--> different text search dictionary shop.plain: options
--- drop a text search configuration
DROP TEXT SEARCH CONFIGURATION shop.search;
--> missing text search configuration shop.search
--- mapping of a text search configuration
ALTER TEXT SEARCH CONFIGURATION shop.search ALTER MAPPING FOR word WITH shop.plain, simple;
--> different text search configuration shop.search: mappings
--- mapping of a text search configuration dropped
ALTER TEXT SEARCH CONFIGURATION shop.search DROP MAPPING FOR asciiword;
--> different text search configuration shop.search: mappings
--- create a text search configuration
CREATE TEXT SEARCH CONFIGURATION shop.english (COPY = pg_catalog.english);
--> extra text search configuration shop.english
--- create a conversion
CREATE CONVERSION shop.conv2 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
--> extra conversion shop.conv2
--- drop a conversion
DROP CONVERSION shop.conv;
--> missing conversion shop.conv
--- create a foreign-data wrapper
CREATE FOREIGN DATA WRAPPER mail;
--> extra foreign-data wrapper mail
--- options of a foreign-data wrapper
ALTER FOREIGN DATA WRAPPER files OPTIONS (SET debug 'false');
--> different foreign-data wrapper files: options
--- create a server
CREATE SERVER other FOREIGN DATA WRAPPER files;
--> extra server other
--- drop a server
DROP SERVER archive CASCADE;
--> missing foreign table shop.old_orders
--> missing server archive
--> missing user mapping pgreckon_a on archive
--- options of a server
ALTER SERVER archive OPTIONS (SET host 'b', DROP port, ADD dbname 'x');
--> different server archive: options
--- version of a server
ALTER SERVER archive VERSION '2';
--> different server archive: version
--- type of a server
DROP SERVER archive CASCADE;
CREATE SERVER archive TYPE 'new' VERSION '1' FOREIGN DATA WRAPPER files OPTIONS (host 'a', port '1');
CREATE USER MAPPING FOR pgreckon_a SERVER archive OPTIONS (username 'a');
CREATE FOREIGN TABLE shop.old_orders (id bigint OPTIONS (column_name 'ID') NOT NULL, total numeric) SERVER archive OPTIONS (file 'orders');
--> different foreign table shop.old_orders: privileges
--> different server archive: type
--- privileges on a server
GRANT USAGE ON FOREIGN SERVER archive TO pgreckon_b;
--> different server archive: privileges
--- create a user mapping
CREATE USER MAPPING FOR pgreckon_b SERVER archive OPTIONS (username 'b');
--> extra user mapping pgreckon_b on archive
--- drop a user mapping
DROP USER MAPPING FOR pgreckon_a SERVER archive;
--> missing user mapping pgreckon_a on archive
--- options of a user mapping
ALTER USER MAPPING FOR pgreckon_a SERVER archive OPTIONS (ADD password 'secret');
--> different user mapping pgreckon_a on archive: options
--- create a publication
CREATE PUBLICATION small FOR TABLE shop.items WHERE (amount > 5);
--> extra publication small
--- create a publication of a schema
CREATE PUBLICATION whole FOR TABLES IN SCHEMA shop;
--> extra publication whole
--- drop a publication
DROP PUBLICATION feed;
--> missing publication feed
--- add a table to a publication
ALTER PUBLICATION feed ADD TABLE shop.items;
--> different publication feed: of
--- take a table from a publication
ALTER PUBLICATION feed DROP TABLE shop.orders;
--> different publication feed: of
--- columns of a table in a publication
ALTER PUBLICATION feed SET TABLE shop.orders, shop.customers (id, name, mail);
--> different publication feed: of
--- condition of a table in a publication
ALTER PUBLICATION feed SET TABLE shop.orders WHERE (id > 0), shop.customers (id, name);
--> different publication feed: of
--- operations of a publication
ALTER PUBLICATION feed SET (publish = 'insert, delete');
--> different publication feed: publishes
--- a publication through the root
ALTER PUBLICATION feed SET (publish_via_partition_root = true);
--> different publication feed: through the root
--- a publication is no longer of all tables
DROP PUBLICATION everything;
CREATE PUBLICATION everything FOR TABLE shop.settings;
--> different publication everything: of
--- owner of a publication
ALTER PUBLICATION feed OWNER TO pgreckon_a;
--> different publication feed: owner
--- drop a subscription
DROP SUBSCRIPTION upstream;
--> missing subscription upstream
--- publications of a subscription
ALTER SUBSCRIPTION upstream SET PUBLICATION feed, more WITH (refresh = false);
--> different subscription upstream: publications
--- default privileges
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT INSERT ON TABLES TO pgreckon_b;
--> different default privileges of postgres for r in schema shop: privileges
--- default privileges taken away
ALTER DEFAULT PRIVILEGES IN SCHEMA shop REVOKE SELECT ON TABLES FROM pgreckon_b;
--> missing default privileges of postgres for r in schema shop
--- default privileges for functions
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--> extra default privileges of postgres for f
--- default privileges of a role
ALTER DEFAULT PRIVILEGES FOR ROLE pgreckon_a GRANT USAGE ON SEQUENCES TO pgreckon_b;
--> extra default privileges of pgreckon_a for S
