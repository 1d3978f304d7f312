--- create a view
CREATE VIEW shop.cheap AS SELECT id, title FROM shop.products WHERE price < 10;
--> extra view shop.cheap
--- create a recursive view
CREATE RECURSIVE VIEW shop.counting (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < 5;
--> extra view shop.counting
--- drop a view
DROP VIEW shop.open_count;
--> missing view shop.open_count
--- add a column to a view
CREATE OR REPLACE VIEW shop.open_orders AS
    SELECT o.id, o.placed, o.total, c.name, o.note FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id
    WHERE o.status <> 'sent';
--> different view shop.open_orders: columns
--> different view shop.open_orders: query
--- take a column from a view
DROP VIEW shop.active_customers;
CREATE VIEW shop.active_customers WITH (security_barrier = true) AS SELECT id FROM shop.customers WHERE active WITH LOCAL CHECK OPTION;
--> different view shop.active_customers: columns
--> different view shop.active_customers: query
--> different view shop.active_customers: privileges
--- condition of a view under a view
CREATE OR REPLACE VIEW shop.open_orders AS
    SELECT o.id, o.placed, o.total, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id
    WHERE o.status = 'new';
--> different view shop.open_orders: query
--- take a column from a view under a view
DROP VIEW shop.open_count;
DROP VIEW shop.open_orders;
CREATE VIEW shop.open_orders AS
    SELECT o.id, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id
    WHERE o.status <> 'sent';
COMMENT ON VIEW shop.open_orders IS 'still to be sent';
GRANT SELECT ON shop.open_orders TO PUBLIC;
CREATE VIEW shop.open_count AS SELECT name, count(*) AS n FROM shop.open_orders GROUP BY name;
--> different view shop.open_count: privileges
--> different view shop.open_orders: columns
--> different view shop.open_orders: query
--> different view shop.open_orders: privileges
--- rename a column of a view
ALTER VIEW shop.active_customers RENAME COLUMN name TO title;
--> different view shop.active_customers: columns
--- options of a view
ALTER VIEW shop.active_customers SET (security_invoker = true);
--> different view shop.active_customers: options
--- options of a view reset
ALTER VIEW shop.active_customers RESET (security_barrier);
--> different view shop.active_customers: options
--- check option of a view
ALTER VIEW shop.active_customers SET (check_option = cascaded);
--> different view shop.active_customers: options
--- comment on a view
COMMENT ON VIEW shop.open_orders IS 'to be sent';
--> cosmetic view shop.open_orders: comment
--- owner of a view
ALTER VIEW shop.open_count OWNER TO pgreckon_a;
--> different view shop.open_count: owner
--- privileges on a view
REVOKE SELECT ON shop.open_orders FROM PUBLIC;
--> different view shop.open_orders: privileges
--- rename a view
ALTER VIEW shop.active_customers RENAME TO living_customers;
--> missing view shop.active_customers
--> extra view shop.living_customers
--- create a materialized view
CREATE MATERIALIZED VIEW shop.totals AS SELECT customer_id, sum(total) FROM shop.orders GROUP BY 1;
--> extra materialized view shop.totals
--- drop a materialized view
DROP MATERIALIZED VIEW shop.sales;
--> missing materialized view shop.sales
--- query of a materialized view
DROP MATERIALIZED VIEW shop.sales;
CREATE MATERIALIZED VIEW shop.sales AS SELECT product_id, max(amount) AS sold FROM shop.items GROUP BY product_id;
CREATE UNIQUE INDEX sales_key ON shop.sales (product_id);
--> different materialized view shop.sales: columns
--> different materialized view shop.sales: query
--> different materialized view shop.sales: privileges
--- create a function
CREATE FUNCTION shop.discount(numeric, rate real DEFAULT 0.1) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * rate';
--> extra function shop.discount(numeric, real)
--- create an overloaded function
CREATE FUNCTION shop.tax(amount integer) RETURNS numeric LANGUAGE sql AS 'SELECT amount * 0.2';
--> extra function shop.tax(integer)
--- create a function that returns a table
CREATE FUNCTION shop.list(n integer) RETURNS TABLE (id bigint, name text) LANGUAGE sql AS 'SELECT id, name FROM shop.customers LIMIT n';
--> extra function shop.list(integer)
--- drop a function
DROP FUNCTION shop.label(shop.status);
--> missing function shop.label(shop.status)
--- body of a function
CREATE OR REPLACE FUNCTION shop.tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.19';
--> different function shop.tax(numeric): body
--- body of a plpgsql function
CREATE OR REPLACE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.placed := clock_timestamp();
    RETURN NEW;
END
$$;
--> different function shop.touch(): body
--- body of a function in standard form
CREATE OR REPLACE FUNCTION shop.customer_total(cid bigint, since date DEFAULT '2000-01-01') RETURNS numeric LANGUAGE sql STABLE COST 500
    BEGIN ATOMIC SELECT sum(total) * 2 FROM shop.orders WHERE customer_id = cid AND placed >= since; END;
--> different function shop.customer_total(bigint, date): body
--- volatility of a function
ALTER FUNCTION shop.tax(numeric) STABLE;
--> different function shop.tax(numeric): volatility
--- strictness of a function
ALTER FUNCTION shop.tax(numeric) STRICT;
--> different function shop.tax(numeric): strict
--- security of a function
ALTER FUNCTION shop.audit() SECURITY INVOKER;
--> different function shop.audit(): security definer
--- leakproof function
ALTER FUNCTION shop.tax(numeric) LEAKPROOF;
--> different function shop.tax(numeric): leakproof
--- parallel safety of a function
ALTER FUNCTION shop.tax(numeric) PARALLEL SAFE;
--> different function shop.tax(numeric): parallel
--- cost of a function
ALTER FUNCTION shop.customer_total(bigint, date) COST 1000;
--> different function shop.customer_total(bigint, date): cost
--- rows of a function
ALTER FUNCTION shop.names(text[]) ROWS 20;
--> different function shop.names(text[]): rows
--- setting of a function
ALTER FUNCTION shop.audit() SET work_mem = '1MB';
--> different function shop.audit(): settings
--- setting of a function reset
ALTER FUNCTION shop.audit() RESET search_path;
--> different function shop.audit(): settings
--- default of an argument
CREATE OR REPLACE FUNCTION shop.customer_total(cid bigint, since date DEFAULT '2010-01-01') RETURNS numeric LANGUAGE sql STABLE COST 500
    BEGIN ATOMIC SELECT sum(total) FROM shop.orders WHERE customer_id = cid AND placed >= since; END;
--> different function shop.customer_total(bigint, date): arguments
--- name of an argument
DROP FUNCTION shop.names(text[]);
CREATE FUNCTION shop.names(VARIADIC pieces text[]) RETURNS SETOF text LANGUAGE plpgsql ROWS 10 PARALLEL SAFE AS $$
BEGIN
    RETURN QUERY SELECT unnest(parts);
END
$$;
--> different function shop.names(text[]): arguments
--- result of a function
DROP FUNCTION shop.names(text[]);
CREATE FUNCTION shop.names(VARIADIC parts text[]) RETURNS text LANGUAGE plpgsql PARALLEL SAFE AS $$
BEGIN
    RETURN parts[1];
END
$$;
--> different function shop.names(text[]): returns
--> different function shop.names(text[]): body
--> different function shop.names(text[]): rows
--- a function that a trigger needs is made again
DROP TRIGGER touch ON shop.orders;
DROP FUNCTION shop.touch();
CREATE FUNCTION shop.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION shop.keep();
COMMENT ON TRIGGER touch ON shop.orders IS 'keeps the time';
--> extra function shop.keep()
--> missing function shop.touch()
--> different table shop.orders, trigger touch: calls
--- owner of a function
ALTER FUNCTION shop.tax(numeric) OWNER TO pgreckon_a;
--> different function shop.tax(numeric): owner
--> different function shop.tax(numeric): privileges
--- privileges on a function
GRANT EXECUTE ON FUNCTION shop.tax(numeric) TO PUBLIC;
--> different function shop.tax(numeric): privileges
--- comment on a function
COMMENT ON FUNCTION shop.tax(numeric) IS 'taxes';
--> cosmetic function shop.tax(numeric): comment
--- create a procedure
CREATE PROCEDURE shop.clean() LANGUAGE plpgsql AS 'BEGIN NULL; END';
--> extra procedure shop.clean()
--- body of a procedure
CREATE OR REPLACE PROCEDURE shop.purge(before date) LANGUAGE sql AS 'DELETE FROM shop.log WHERE at <= before';
--> different procedure shop.purge(date): body
--- drop a procedure
DROP PROCEDURE shop.purge(date);
--> missing procedure shop.purge(date)
--- create an aggregate
CREATE AGGREGATE shop.total(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
--> extra aggregate shop.total(numeric)
--- drop an aggregate
DROP AGGREGATE shop.product(numeric);
--> missing aggregate shop.product(numeric)
--- initial value of an aggregate
CREATE OR REPLACE AGGREGATE shop.product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '2');
--> different aggregate shop.product(numeric): initial value
--- create a trigger
CREATE TRIGGER tracking AFTER UPDATE OF total, note ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.audit('x', 'y');
--> extra table shop.orders, trigger tracking
--- create a trigger on a view
CREATE TRIGGER writing INSTEAD OF INSERT ON shop.open_orders FOR EACH ROW EXECUTE FUNCTION shop.audit();
--> extra view shop.open_orders, trigger writing
--- create a trigger on a partitioned table
CREATE TRIGGER logging AFTER INSERT ON shop.log FOR EACH ROW EXECUTE FUNCTION shop.audit();
--> extra table shop.log, trigger logging
--- drop a trigger
DROP TRIGGER touch ON shop.orders;
--> missing table shop.orders, trigger touch
--- event of a trigger
DROP TRIGGER touch ON shop.orders;
CREATE TRIGGER touch BEFORE INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
COMMENT ON TRIGGER touch ON shop.orders IS 'keeps the time';
--> different table shop.orders, trigger touch: event
--> different table shop.orders, trigger touch: when
--- condition of a trigger
CREATE OR REPLACE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW WHEN (OLD.total <> NEW.total) EXECUTE FUNCTION shop.touch();
--> different table shop.orders, trigger touch: when
--- arguments of a trigger
CREATE OR REPLACE TRIGGER audit AFTER INSERT ON shop.orders REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION shop.audit('invoices');
--> different table shop.orders, trigger audit: calls
--- transition table of a trigger
CREATE OR REPLACE TRIGGER audit AFTER INSERT ON shop.orders REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION shop.audit('orders');
--> different table shop.orders, trigger audit: transition tables
--- disable a trigger
ALTER TABLE shop.orders DISABLE TRIGGER touch;
--> different table shop.orders, trigger touch: enabled
--- a trigger that always fires
ALTER TABLE shop.orders ENABLE ALWAYS TRIGGER touch;
--> different table shop.orders, trigger touch: enabled
--- a constraint trigger is not deferred
DROP TRIGGER late ON shop.items;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.items FOR EACH ROW EXECUTE FUNCTION shop.audit();
--> different table shop.items, trigger late: deferrable
--> different table shop.items, trigger late: initially deferred
--- comment on a trigger
COMMENT ON TRIGGER touch ON shop.orders IS NULL;
--> cosmetic table shop.orders, trigger touch: comment
--- rename a trigger
ALTER TRIGGER touch ON shop.orders RENAME TO touching;
--> missing table shop.orders, trigger touch
--> extra table shop.orders, trigger touching
--- create a rule
CREATE RULE copying AS ON INSERT TO shop.settings WHERE NEW.name = 'x' DO ALSO INSERT INTO shop.lonely VALUES (1, NEW.value);
--> extra table shop.settings, rule copying
--- drop a rule
DROP RULE no_delete ON shop.settings;
--> missing table shop.settings, rule no_delete
--- action of a rule
CREATE OR REPLACE RULE no_delete AS ON DELETE TO shop.settings DO INSTEAD UPDATE shop.settings SET value = NULL WHERE name = OLD.name;
--> different table shop.settings, rule no_delete: does
--- disable a rule
ALTER TABLE shop.settings DISABLE RULE no_delete;
--> different table shop.settings, rule no_delete: enabled
--- create a policy
CREATE POLICY writing ON shop.customers AS RESTRICTIVE FOR UPDATE TO pgreckon_a, pgreckon_b USING (active) WITH CHECK (name <> '');
--> extra table shop.customers, policy writing
--- drop a policy
DROP POLICY own ON shop.customers;
--> missing table shop.customers, policy own
--- condition of a policy
ALTER POLICY own ON shop.customers USING (name = SESSION_USER);
--> different table shop.customers, policy own: using
--- check of a policy
ALTER POLICY adding ON shop.customers WITH CHECK (active AND name <> 'x');
--> different table shop.customers, policy adding: with check
--- roles of a policy
ALTER POLICY own ON shop.customers TO pgreckon_b;
--> different table shop.customers, policy own: roles
--- command of a policy
DROP POLICY own ON shop.customers;
CREATE POLICY own ON shop.customers FOR DELETE TO pgreckon_a USING (name = CURRENT_USER);
COMMENT ON POLICY own ON shop.customers IS 'everybody sees himself';
--> different table shop.customers, policy own: command
--- a policy with a subquery
ALTER POLICY own ON shop.customers USING (id IN (SELECT customer_id FROM shop.orders WHERE total > 5));
--> different table shop.customers, policy own: using
--- comment on a policy
COMMENT ON POLICY own ON shop.customers IS 'himself';
--> cosmetic table shop.customers, policy own: comment
--- create an event trigger
CREATE EVENT TRIGGER dropping ON sql_drop EXECUTE FUNCTION util.watch();
--> extra event trigger dropping
--- drop an event trigger
DROP EVENT TRIGGER watcher;
--> missing event trigger watcher
--- disable an event trigger
ALTER EVENT TRIGGER watcher DISABLE;
--> different event trigger watcher: enabled
--- tags of an event trigger
DROP EVENT TRIGGER watcher;
CREATE EVENT TRIGGER watcher ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION util.watch();
--> different event trigger watcher: tags
