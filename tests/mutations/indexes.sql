--- create an index
CREATE INDEX orders_total_idx ON shop.orders (total);
--> extra table shop.orders, index orders_total_idx
--- create a unique index
CREATE UNIQUE INDEX orders_total_idx ON shop.orders (total, id);
--> extra table shop.orders, index orders_total_idx
--- create an index over an expression
CREATE INDEX orders_day_idx ON shop.orders (date_trunc('day', placed));
--> extra table shop.orders, index orders_day_idx
--- create a partial index
CREATE INDEX orders_paid_idx ON shop.orders (id) WHERE status = 'paid';
--> extra table shop.orders, index orders_paid_idx
--- create a gin index with options
CREATE INDEX products_tags_idx ON shop.products USING gin (tags) WITH (fastupdate = off);
--> extra table shop.products, index products_tags_idx
--- create an index of another operator class
CREATE INDEX customers_pattern_idx ON shop.customers (name varchar_pattern_ops, notes COLLATE "C" DESC NULLS LAST);
--> extra table shop.customers, index customers_pattern_idx
--- create an index on a partitioned table
CREATE INDEX log_message_idx ON shop.log (message);
--> extra table shop.log, index log_message_idx
--- create an index on a materialized view
CREATE INDEX sales_sold_idx ON shop.sales (sold);
--> extra materialized view shop.sales, index sales_sold_idx
--- create an index of the own operator class
CREATE INDEX items_amount_idx ON shop.items (amount shop.int_desc);
--> extra table shop.items, index items_amount_idx
--- create a brin index
CREATE INDEX orders_placed_brin ON shop.orders USING brin (placed) WITH (pages_per_range = 8);
--> extra table shop.orders, index orders_placed_brin
--- create a hash index
CREATE INDEX orders_note_hash ON shop.orders USING hash (note);
--> extra table shop.orders, index orders_note_hash
--- drop an index
DROP INDEX shop.orders_customer_idx;
--> missing table shop.orders, index orders_customer_idx
--- drop an index of a partitioned table
DROP INDEX shop.log_level_idx;
--> missing table shop.log, index log_level_idx
--- columns of an index
DROP INDEX shop.orders_customer_idx;
CREATE INDEX orders_customer_idx ON shop.orders (customer_id, placed);
COMMENT ON INDEX shop.orders_customer_idx IS 'for the list';
--> different table shop.orders, index orders_customer_idx: definition
--- predicate of an index
DROP INDEX shop.orders_open_idx;
CREATE INDEX orders_open_idx ON shop.orders (placed DESC) WHERE status = 'new';
--> different table shop.orders, index orders_open_idx: definition
--- direction of an index
DROP INDEX shop.orders_open_idx;
CREATE INDEX orders_open_idx ON shop.orders (placed) WHERE status <> 'sent';
--> different table shop.orders, index orders_open_idx: definition
--- method of an index
DROP INDEX shop.products_props_idx;
CREATE INDEX products_props_idx ON shop.products USING gin (props jsonb_path_ops);
--> different table shop.products, index products_props_idx: definition
--- included columns of an index
DROP INDEX shop.items_product_idx;
CREATE INDEX items_product_idx ON shop.items (product_id) INCLUDE (amount, price) WITH (fillfactor = 80);
--> different table shop.items, index items_product_idx: definition
--- a unique index is no longer unique
DROP INDEX shop.products_title_key;
CREATE INDEX products_title_key ON shop.products (title, price);
--> different table shop.products, index products_title_key: definition
--- options of an index
ALTER INDEX shop.items_product_idx SET (fillfactor = 60);
--> different table shop.items, index items_product_idx: options
--- options of an index reset
ALTER INDEX shop.items_product_idx RESET (fillfactor);
--> different table shop.items, index items_product_idx: options
--- rename an index
ALTER INDEX shop.orders_customer_idx RENAME TO orders_by_customer;
--> cosmetic table shop.orders, index orders_customer_idx: name
--- cluster on an index
ALTER TABLE shop.orders CLUSTER ON orders_customer_idx;
--> different table shop.orders, index orders_customer_idx: clustered on
--- replica identity of an index
ALTER TABLE shop.products REPLICA IDENTITY USING INDEX products_title_key;
--> different table shop.products: replica identity
--> different table shop.products, index products_title_key: replica identity
--- statistics of an index
ALTER INDEX shop.customers_lower_idx ALTER COLUMN 1 SET STATISTICS 300;
--> cosmetic table shop.customers, index customers_lower_idx: statistics
--- comment on an index
COMMENT ON INDEX shop.orders_customer_idx IS 'for another list';
--> cosmetic table shop.orders, index orders_customer_idx: comment
--- create statistics
CREATE STATISTICS shop.items_stats ON product_id, amount FROM shop.items;
--> extra table shop.items, statistics shop.items_stats
--- create statistics over an expression
CREATE STATISTICS shop.items_stats ON (amount * 2), price FROM shop.items;
--> extra table shop.items, statistics shop.items_stats
--- drop statistics
DROP STATISTICS shop.orders_stats;
--> missing table shop.orders, statistics shop.orders_stats
--- kinds of statistics
DROP STATISTICS shop.orders_stats;
CREATE STATISTICS shop.orders_stats (mcv) ON customer_id, status FROM shop.orders;
--> different table shop.orders, statistics shop.orders_stats: kinds
--- target of statistics
ALTER STATISTICS shop.orders_stats SET STATISTICS 50;
--> cosmetic table shop.orders, statistics shop.orders_stats: statistics
--- comment on statistics
COMMENT ON STATISTICS shop.orders_stats IS 'they go together';
--> cosmetic table shop.orders, statistics shop.orders_stats: comment
