-- A schema and functions over it. A comment /*!thing*/ stands right before the place where a function fails once the
-- thing is broken: a column renamed, a table dropped, a function's argument type changed.
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, email varchar(80), city text, born date, active boolean DEFAULT true, score numeric(8,2), tags text[], settings jsonb, created timestamptz DEFAULT now());
CREATE TABLE products (id int PRIMARY KEY, title text, price numeric(10,2), stock int, category text, weight float8, attributes jsonb);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, placed timestamptz, state text, total numeric(12,2), note text);
CREATE TABLE order_items (order_id bigint, product_id int, quantity int, unit_price numeric(10,2), discount numeric(4,2));
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint, amount numeric(12,2), method text, paid_at timestamptz);
CREATE TABLE audit_log (id bigserial, table_name text, row_id bigint, action text, old_row jsonb, new_row jsonb, at timestamptz);
CREATE TABLE stock_moves (product_id int, delta int, reason text, moved_at timestamptz);
CREATE TABLE config (key text PRIMARY KEY, value text);
CREATE VIEW open_orders AS SELECT id, customer_id, total FROM orders WHERE state = 'open';

CREATE FUNCTION tax_rate(p_category text) RETURNS numeric LANGUAGE sql AS 'SELECT 0.19';
CREATE FUNCTION order_total(p_order bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 0.0';
CREATE FUNCTION notify_customer(p_id int, p_text text) RETURNS void LANGUAGE sql AS 'SELECT NULL';
CREATE FUNCTION slug(p_title text) RETURNS text LANGUAGE sql AS 'SELECT lower(p_title)';
CREATE FUNCTION days_since(p_when timestamptz) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE archive_order(p_order bigint) LANGUAGE sql AS 'SELECT NULL';

CREATE FUNCTION b01(p_id int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_name /*!customers*/customers.name%TYPE;
  v_city text;
BEGIN
  SELECT /*!customers.name*/name, /*!customers.city*/city INTO v_name, v_city FROM /*!customers*/customers WHERE /*!customers.id*/id = p_id;
  IF v_city IS NULL THEN
    RETURN v_name;
  END IF;
  RETURN v_name || ' of ' || v_city;
END $$;

CREATE FUNCTION b02(p_id int) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
  item record;
  v_sum numeric := 0;
BEGIN
  FOR item IN SELECT /*!order_items.quantity*/i.quantity, i.unit_price, p.category FROM order_items i JOIN products p ON p.id = /*!order_items.product_id*/i.product_id WHERE i.order_id = p_id LOOP
    v_sum := v_sum + item.quantity * item.unit_price * (1 + /*!tax_rate*/tax_rate(item.category));
  END LOOP;
  RETURN v_sum;
END $$;

CREATE FUNCTION b03(p_customer int) RETURNS TABLE (order_id bigint, amount numeric) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT o.id, o.total FROM /*!orders*/orders o WHERE o.customer_id = p_customer ORDER BY o.placed;
END $$;

CREATE FUNCTION b04() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE /*!orders*/orders SET /*!orders.state*/state = 'late' WHERE /*!orders.placed*/placed < now() - interval '3 days';
  DELETE FROM /*!payments*/payments WHERE /*!payments.amount*/amount = 0;
  INSERT INTO /*!stock_moves*/stock_moves (product_id, /*!stock_moves.delta*/delta, /*!stock_moves.reason*/reason) SELECT /*!products.id*/id, 1, 'check' FROM /*!products*/products;
END $$;

CREATE FUNCTION b05() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.name IS DISTINCT FROM OLD.name THEN
      INSERT INTO /*!audit_log*/audit_log (/*!audit_log.table_name*/table_name, row_id, /*!audit_log.action*/action, old_row, /*!audit_log.new_row*/new_row) VALUES (TG_TABLE_NAME, NEW.id, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
    END IF;
  END IF;
  /*!customers.email*/NEW.email := lower(/*!customers.email*/NEW.email);
  /*!customers.score*/NEW.score := coalesce(/*!customers.score*/NEW.score, 0);
  RETURN NEW;
END $$;
CREATE TRIGGER customers_b05 BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION b05();

CREATE FUNCTION b06() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_stock int;
BEGIN
  SELECT /*!products.stock*/stock INTO STRICT v_stock FROM /*!products*/products WHERE id = /*!order_items.product_id*/NEW.product_id FOR UPDATE;
  IF v_stock < /*!order_items.quantity*/NEW.quantity THEN
    RAISE EXCEPTION 'only % of product % left', v_stock, /*!order_items.product_id*/NEW.product_id USING ERRCODE = 'check_violation';
  END IF;
  UPDATE /*!products*/products SET /*!products.stock*/stock = v_stock - /*!order_items.quantity*/NEW.quantity WHERE id = NEW.product_id;
  RETURN NEW;
END $$;
CREATE TRIGGER items_b06 BEFORE INSERT ON order_items FOR EACH ROW EXECUTE FUNCTION b06();

CREATE FUNCTION b07(p_key text, p_default text DEFAULT NULL) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  v text;
BEGIN
  SELECT /*!config.value*/c.value INTO v FROM /*!config*/config c WHERE c.key = p_key;
  IF NOT FOUND THEN
    v := p_default;
  END IF;
  RETURN v;
END $$;

CREATE FUNCTION b08() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  cur CURSOR (p_state text) FOR SELECT id, customer_id, total FROM /*!orders*/orders WHERE /*!orders.state*/state = p_state;
  o record;
  n int := 0;
BEGIN
  FOR o IN cur('open') LOOP
    PERFORM /*!notify_customer*/notify_customer(o.customer_id, 'open: ' || o.total);
    CALL /*!archive_order*/archive_order(o.id);
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;

CREATE FUNCTION b09(p_title text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v text := /*!slug*/slug(p_title);
  n int;
BEGIN
  LOOP
    SELECT count(*) INTO n FROM /*!products*/products WHERE /*!slug*/slug(title) = v;
    EXIT WHEN n = 0;
    v := v || '-1';
  END LOOP;
  RETURN v;
END $$;

CREATE FUNCTION b10(p_order bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  CASE (SELECT /*!orders.state*/state FROM /*!orders*/orders WHERE id = p_order)
    WHEN 'open' THEN v_state := 'to do';
    WHEN 'done' THEN v_state := (SELECT /*!payments.method*/method FROM /*!payments*/payments WHERE /*!payments.order_id*/order_id = p_order LIMIT 1);
    ELSE v_state := '?';
  END CASE;
  RETURN v_state;
END $$;

CREATE FUNCTION b11(p_order bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM /*!payments*/payments p WHERE p.order_id = p_order AND p.amount >= /*!order_total*/order_total(p_order)) THEN
    UPDATE orders SET state = 'paid', /*!orders.note*/note = 'by ' || (SELECT string_agg(/*!payments.method*/method, ', ') FROM payments WHERE order_id = p_order) WHERE id = p_order;
    RETURN true;
  END IF;
  RETURN false;
EXCEPTION
  WHEN unique_violation THEN
    INSERT INTO /*!audit_log*/audit_log (table_name, /*!audit_log.row_id*/row_id, action) VALUES ('orders', p_order, SQLERRM);
    RETURN false;
END $$;

CREATE FUNCTION b12(p_ids int[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_id int;
  v_count int := 0;
BEGIN
  FOREACH v_id IN ARRAY p_ids LOOP
    UPDATE /*!customers*/customers SET /*!customers.active*/active = false, settings = /*!customers.settings*/settings - 'mail' WHERE id = v_id;
    GET DIAGNOSTICS v_count = ROW_COUNT;
  END LOOP;
  RETURN v_count;
END $$;

CREATE FUNCTION b13(p_category text) RETURNS SETOF products LANGUAGE plpgsql AS $$
DECLARE
  p /*!products*/products%ROWTYPE;
BEGIN
  FOR p IN SELECT * FROM /*!products*/products WHERE /*!products.category*/category = p_category LOOP
    IF /*!products.weight*/p.weight > 10 THEN
      CONTINUE;
    END IF;
    /*!products.title*/p.title := upper(/*!products.title*/p.title);
    RETURN NEXT p;
  END LOOP;
  RETURN;
END $$;

CREATE FUNCTION b14() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  WITH gone AS (
    DELETE FROM /*!orders*/orders WHERE state = 'cancelled' RETURNING id, /*!orders.total*/total
  )
  INSERT INTO /*!audit_log*/audit_log (table_name, row_id, action) SELECT 'orders', gone.id, gone.total::text FROM gone;
  SELECT max(/*!payments.paid_at*/paid_at) AS last, count(*) AS n INTO r FROM /*!payments*/payments;
  RAISE NOTICE 'last % of %', r.last, r.n;
  PERFORM /*!days_since*/days_since(r.last);
END $$;

CREATE FUNCTION b15(p_customer int) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object('name', c.name, 'mail', /*!customers.email*/c.email, 'orders', (
      SELECT jsonb_agg(jsonb_build_object('id', o.id, 'total', /*!orders.total*/o.total) ORDER BY /*!orders.placed*/o.placed)
      FROM /*!orders*/orders o WHERE o.customer_id = c.id))
    FROM /*!customers*/customers c WHERE c.id = p_customer
  );
END $$;

CREATE FUNCTION b16(p_from date, p_to date) RETURNS TABLE (day date, orders_placed bigint, revenue numeric) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
    SELECT o.placed::date, count(*), sum(o.total)
    FROM /*!orders*/orders o
    WHERE o.placed BETWEEN p_from AND p_to AND o.state <> 'cancelled'
    GROUP BY 1;
END $$;

CREATE FUNCTION b17(p_table text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  EXECUTE 'SELECT count(*) FROM /*!open_orders*/open_orders' INTO n;
  IF p_table IS NOT NULL THEN
    EXECUTE format('SELECT count(*) FROM %I', p_table) INTO n;
  END IF;
  RETURN n;
END $$;

CREATE FUNCTION b18(p_product int, p_delta int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_stock int;
BEGIN
  UPDATE products SET stock = stock + p_delta WHERE id = p_product RETURNING stock INTO v_stock;
  INSERT INTO stock_moves VALUES (p_product, p_delta, 'manual', now());
  INSERT INTO config (/*!config.key*/key, /*!config.value*/value) VALUES ('last move', now()::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value;
  RETURN v_stock;
END $$;

CREATE FUNCTION b19() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stock_moves (product_id, delta, reason, /*!stock_moves.moved_at*/moved_at)
    SELECT n.product_id, -/*!order_items.quantity*/n.quantity, 'sold', now() FROM fresh n WHERE /*!order_items.discount*/n.discount IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER items_b19 AFTER INSERT ON order_items REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION b19();

CREATE FUNCTION b20(p_id int) RETURNS customers LANGUAGE plpgsql AS $$
DECLARE
  c customers;
BEGIN
  SELECT * INTO c FROM /*!customers*/customers WHERE id = p_id;
  /*!customers.tags*/c.tags := array_append(/*!customers.tags*/c.tags, 'seen');
  ASSERT /*!customers.born*/c.born < current_date, 'born tomorrow';
  RETURN c;
END $$;

CREATE FUNCTION b21(p_limit int) RETURNS SETOF int LANGUAGE plpgsql AS $$
DECLARE
  i int;
  v_top numeric;
BEGIN
  FOR i IN 1 .. (SELECT count(*)::int FROM /*!products*/products WHERE /*!products.stock*/stock > 0) BY 2 LOOP
    EXIT WHEN i > p_limit;
    RETURN NEXT i;
  END LOOP;
  v_top := (SELECT max(/*!products.price*/p.price * /*!tax_rate*/tax_rate(p.category)) FROM products p);
  WHILE v_top > 1 LOOP
    v_top := v_top / (SELECT 2 + count(*) FROM /*!stock_moves*/stock_moves WHERE /*!stock_moves.delta*/delta < 0);
  END LOOP;
END $$;

CREATE FUNCTION b22(p_name text) RETURNS int LANGUAGE sql AS $$
  INSERT INTO /*!customers*/customers (id, /*!customers.name*/name) SELECT coalesce(max(id), 0) + 1, p_name FROM customers;
  SELECT max(/*!customers.id*/id) FROM customers WHERE name = p_name;
$$;

CREATE FUNCTION b23() RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT sum(i.quantity * /*!order_items.unit_price*/i.unit_price * (1 - coalesce(/*!order_items.discount*/i.discount, 0))) FROM /*!order_items*/order_items i
$$;

CREATE FUNCTION b24(p_order bigint) RETURNS text LANGUAGE sql AS $$
  SELECT c.name || ': ' || /*!order_total*/order_total(o.id) FROM /*!orders*/orders o JOIN customers c ON c.id = /*!orders.customer_id*/o.customer_id WHERE o.id = p_order
$$;

CREATE FUNCTION b25() RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  total numeric;
  ref refcursor;
  row_ record;
BEGIN
  OPEN ref FOR SELECT id, total FROM /*!orders*/orders WHERE /*!orders.note*/note IS NOT NULL;
  LOOP
    FETCH ref INTO row_;
    EXIT WHEN NOT FOUND;
    RAISE NOTICE '% %', row_.id, row_.total;
    PERFORM /*!order_total*/order_total(row_.id);
  END LOOP;
  CLOSE ref;
  TRUNCATE /*!stock_moves*/stock_moves;
  LOCK TABLE /*!payments*/payments IN EXCLUSIVE MODE;
END $$;

CREATE FUNCTION b26(INOUT p_id bigint, OUT p_total numeric, OUT p_items bigint) LANGUAGE plpgsql AS $$
BEGIN
  SELECT o.total INTO p_total FROM /*!orders*/orders o WHERE o.id = p_id;
  SELECT count(*) INTO p_items FROM /*!order_items*/order_items i WHERE /*!order_items.order_id*/i.order_id = p_id;
END $$;

CREATE FUNCTION b27() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_old jsonb := to_jsonb(OLD);
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'payments' THEN
      PERFORM /*!notify_customer*/notify_customer((SELECT /*!orders.customer_id*/o.customer_id FROM /*!orders*/orders o WHERE o.id = /*!payments.order_id*/OLD.order_id), 'gone: ' || /*!payments.amount*/OLD.amount);
    WHEN 'products' THEN
      DELETE FROM /*!stock_moves*/stock_moves s WHERE /*!stock_moves.product_id*/s.product_id = OLD.id;
  END CASE;
  INSERT INTO /*!audit_log*/audit_log (table_name, /*!audit_log.old_row*/old_row, /*!audit_log.at*/at) VALUES (TG_TABLE_NAME, v_old, now());
  RETURN OLD;
END $$;
CREATE TRIGGER payments_b27 BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION b27();
CREATE TRIGGER products_b27 BEFORE DELETE ON products FOR EACH ROW EXECUTE FUNCTION b27();

CREATE FUNCTION b28(p_id int) RETURNS text LANGUAGE plpgsql AS $$
<<outer_block>>
DECLARE
  v_id int := p_id;
  v_mail customers.email%TYPE;
BEGIN
  <<inner_block>>
  DECLARE
    v_id int := outer_block.v_id + 1;
  BEGIN
    SELECT c.email INTO v_mail FROM /*!customers*/customers c WHERE c.id = outer_block.v_id AND /*!customers.active*/c.active;
    IF v_mail IS NULL OR v_mail = '' THEN
      RAISE WARNING 'customer % has no mail, only %', b28.p_id, (SELECT /*!customers.city*/city FROM customers WHERE id = inner_block.v_id);
    END IF;
  END;
  RETURN v_mail;
END $$;

CREATE FUNCTION b29() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_first bigint;
  v_days int;
  v_names text[];
BEGIN
  SELECT id INTO STRICT v_first FROM /*!orders*/orders ORDER BY /*!orders.placed*/placed LIMIT 1;
  SELECT /*!days_since*/days_since(/*!orders.placed*/placed) INTO v_days FROM orders WHERE id = v_first;
  SELECT array_agg(DISTINCT /*!customers.name*/name) INTO v_names FROM /*!customers*/customers WHERE /*!customers.city*/city = ANY (ARRAY['Bern', 'Basel']);
  SELECT rank() OVER (PARTITION BY /*!products.category*/category ORDER BY /*!products.price*/price DESC) INTO v_days FROM /*!products*/products LIMIT 1;
  RETURN v_first + v_days + cardinality(v_names);
END $$;

CREATE FUNCTION b30(p_min numeric) RETURNS TABLE (customer int, spent numeric) LANGUAGE plpgsql AS $$
DECLARE
  v_limit numeric := (SELECT /*!config.value*/value::numeric FROM /*!config*/config WHERE /*!config.key*/key = 'limit');
BEGIN
  RETURN QUERY EXECUTE 'SELECT customer_id, sum(total) FROM /*!open_orders*/open_orders GROUP BY customer_id HAVING sum(total) > $1' USING p_min;
  MERGE INTO customers c USING (SELECT customer_id, count(*) AS n FROM /*!orders*/orders GROUP BY customer_id) o ON o.customer_id = c.id
    WHEN MATCHED THEN UPDATE SET score = o.n;
  RAISE DEBUG 'limit %', v_limit;
END $$;

CREATE FUNCTION b31(p_id bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  o record;
BEGIN
  SELECT * INTO o FROM open_orders WHERE id = p_id;
  BEGIN
    INSERT INTO payments (id, /*!payments.order_id*/order_id, /*!payments.amount*/amount, /*!payments.method*/method, /*!payments.paid_at*/paid_at) VALUES (1, o.id, o.total, 'card', now());
  EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE '%', SQLSTATE;
    UPDATE orders SET /*!orders.note*/note = SQLERRM WHERE id = p_id;
  END;
END $$;

CREATE FUNCTION b32() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  n int;
BEGIN
  SELECT count(*) INTO n FROM order_items i JOIN /*!products*/products p ON p.id = i.product_id LEFT JOIN /*!stock_moves*/stock_moves m USING (product_id) WHERE /*!products.attributes*/p.attributes ? 'fragile' AND /*!stock_moves.reason*/m.reason ILIKE 'ret%';
  n := n + (SELECT count(*) FROM customers WHERE /*!customers.created*/created > now() - interval '1 day' AND /*!customers.settings*/settings ->> 'mail' = 'yes');
  n := n + (SELECT count(*)::int FROM audit_log a WHERE /*!audit_log.at*/a.at > now() AND /*!audit_log.action*/a.action = 'x' AND /*!audit_log.table_name*/a.table_name LIKE 'o%');
  RETURN n;
END $$;
