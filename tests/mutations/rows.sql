-- Rows for the live check, so that scans, rewrites and validations have something to do.
INSERT INTO shop.customers (name, mail, kind, home, born, notes, active)
    SELECT 'name ' || n, 'm' || n || '@x.org', CASE WHEN n % 2 = 0 THEN 'firm' ELSE 'person' END, ROW('s', 'c')::shop.address,
           '1980-01-01', n::text, n % 3 > 0
    FROM generate_series(1, 50) AS n;
INSERT INTO shop.products (sku, title, price, tags, props, valid, weight, stock)
    SELECT lpad(n::text, 8, '0'), 'title ' || n, n, ARRAY['1', '2'], jsonb_build_object('n', n),
           daterange(DATE '2024-01-01' + n * 10, DATE '2024-01-05' + n * 10), n, 1
    FROM generate_series(1, 50) AS n;
INSERT INTO shop.orders (customer_id, status, total, note)
    SELECT 1 + n % 50, (ARRAY['new', 'paid', 'sent']::shop.status[])[1 + n % 3], n, n::text FROM generate_series(1, 200) AS n;
INSERT INTO shop.items (order_id, product_id, amount, price) SELECT n, 1 + n % 50, n, n FROM generate_series(1, 200) AS n;
INSERT INTO shop.log SELECT TIMESTAMPTZ '2024-06-01' + n * INTERVAL '10 days', n % 4, n::text FROM generate_series(1, 50) AS n;
INSERT INTO shop.people SELECT n, n::text FROM generate_series(1, 10) AS n;
INSERT INTO shop.staff SELECT n, n::text, n FROM generate_series(11, 20) AS n;
INSERT INTO shop.lonely SELECT n, n::text FROM generate_series(1, 10) AS n;
INSERT INTO shop.scratch SELECT n::text FROM generate_series(1, 10) AS n;
INSERT INTO shop.settings SELECT n::text, n::text FROM generate_series(1, 10) AS n;
REFRESH MATERIALIZED VIEW shop.sales;
