--- add a check
ALTER TABLE shop.orders ADD CONSTRAINT note_short CHECK (length(note) < 100);
--> extra table shop.orders, constraint note_short
--- add a check that is not valid
ALTER TABLE shop.orders ADD CONSTRAINT note_short CHECK (length(note) < 100) NOT VALID;
--> extra table shop.orders, constraint note_short
--- add a check that is not inherited
ALTER TABLE shop.people ADD CONSTRAINT has_name CHECK (name <> '') NO INHERIT;
--> extra table shop.people, constraint has_name
--- add a check that is inherited
ALTER TABLE shop.people ADD CONSTRAINT has_name CHECK (name <> '');
--> extra table shop.people, constraint has_name
--> extra table shop.staff, constraint has_name
--- add a check to a partitioned table
ALTER TABLE shop.log ADD CONSTRAINT level_known CHECK (level IN (1, 2, 3));
--> extra table shop.log, constraint level_known
--> extra table shop.log_2024, constraint level_known
--> extra table shop.log_2025, constraint level_known
--> extra table shop.log_rest, constraint level_known
--- drop a check
ALTER TABLE shop.products DROP CONSTRAINT price_positive;
--> missing table shop.products, constraint price_positive
--- change a check
ALTER TABLE shop.products DROP CONSTRAINT price_positive;
ALTER TABLE shop.products ADD CONSTRAINT price_positive CHECK (price >= 1);
--> different table shop.products, constraint price_positive: definition
--- values of a varchar check
ALTER TABLE shop.customers DROP CONSTRAINT customers_kind_check;
ALTER TABLE shop.customers ADD CHECK (kind IN ('person', 'firm', 'state'));
--> different table shop.customers, constraint customers_kind_check: definition
--- validate a check
ALTER TABLE shop.orders VALIDATE CONSTRAINT total_sane;
--> different table shop.orders, constraint total_sane: state
--- a check that is not enforced
ALTER TABLE shop.orders ADD CONSTRAINT later CHECK (total > 5) NOT ENFORCED;
--> extra table shop.orders, constraint later
--- rename a check
ALTER TABLE shop.products RENAME CONSTRAINT price_positive TO price_above_zero;
--> cosmetic table shop.products, constraint price_positive: name
--- comment on a constraint
COMMENT ON CONSTRAINT total_sane ON shop.orders IS 'sane';
--> cosmetic table shop.orders, constraint total_sane: comment
--- comment on a constraint taken away
COMMENT ON CONSTRAINT total_sane ON shop.orders IS NULL;
--> cosmetic table shop.orders, constraint total_sane: comment
--- add a unique constraint
ALTER TABLE shop.orders ADD CONSTRAINT orders_invoice_key UNIQUE (invoice);
--> extra table shop.orders, constraint orders_invoice_key
--- add a unique constraint nulls not distinct
ALTER TABLE shop.orders ADD CONSTRAINT orders_invoice_key UNIQUE NULLS NOT DISTINCT (invoice);
--> extra table shop.orders, constraint orders_invoice_key
--- add a deferrable unique constraint
ALTER TABLE shop.orders ADD CONSTRAINT orders_invoice_key UNIQUE (invoice) DEFERRABLE;
--> extra table shop.orders, constraint orders_invoice_key
--- add a unique constraint with included columns
ALTER TABLE shop.orders ADD CONSTRAINT orders_invoice_key UNIQUE (invoice) INCLUDE (note);
--> extra table shop.orders, constraint orders_invoice_key
--- drop a unique constraint
ALTER TABLE shop.customers DROP CONSTRAINT customers_mail_key;
--> missing table shop.customers, constraint customers_mail_key
--- columns of a unique constraint
ALTER TABLE shop.customers DROP CONSTRAINT customers_mail_key;
ALTER TABLE shop.customers ADD CONSTRAINT customers_mail_key UNIQUE (mail, name);
--> different table shop.customers, constraint customers_mail_key: definition
--- rename a unique constraint
ALTER TABLE shop.customers RENAME CONSTRAINT customers_mail_key TO one_mail;
--> cosmetic table shop.customers, constraint customers_mail_key: name
--- add a primary key
ALTER TABLE shop.lonely ADD PRIMARY KEY (id);
--> extra table shop.lonely, constraint lonely_pkey
--- drop a primary key
ALTER TABLE shop.items DROP CONSTRAINT items_pkey;
--> missing table shop.items, constraint items_pkey
--- columns of a primary key
ALTER TABLE shop.items DROP CONSTRAINT items_pkey;
ALTER TABLE shop.items ADD PRIMARY KEY (order_id, product_id, amount);
--> different table shop.items, constraint items_pkey: definition
--- drop a primary key that is referred to
ALTER TABLE shop.orders DROP CONSTRAINT orders_pkey CASCADE;
--> missing table shop.items, constraint items_order_id_fkey
--> missing table shop.orders, constraint orders_pkey
--- primary key of a partitioned table
ALTER TABLE shop.log ADD PRIMARY KEY (at, level);
--> extra table shop.log, constraint log_pkey
--- add a foreign key
ALTER TABLE shop.lonely ADD CONSTRAINT lonely_fk FOREIGN KEY (id) REFERENCES shop.products;
--> extra table shop.lonely, constraint lonely_fk
--- add a foreign key that is not valid
ALTER TABLE shop.lonely ADD CONSTRAINT lonely_fk FOREIGN KEY (id) REFERENCES shop.products NOT VALID;
--> extra table shop.lonely, constraint lonely_fk
--- add a foreign key to itself
ALTER TABLE shop.people ADD COLUMN boss integer;
ALTER TABLE shop.people ADD UNIQUE (id);
ALTER TABLE shop.people ADD FOREIGN KEY (boss) REFERENCES shop.people (id);
--> extra table shop.people, column boss
--> extra table shop.people, constraint people_boss_fkey
--> extra table shop.people, constraint people_id_key
--> extra table shop.staff, column boss
--- drop a foreign key
ALTER TABLE shop.orders DROP CONSTRAINT orders_customer_fk;
--> missing table shop.orders, constraint orders_customer_fk
--- action of a foreign key
ALTER TABLE shop.orders DROP CONSTRAINT orders_customer_fk;
ALTER TABLE shop.orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES shop.customers (id) ON DELETE RESTRICT;
--> different table shop.orders, constraint orders_customer_fk: definition
--- update action of a foreign key
ALTER TABLE shop.orders DROP CONSTRAINT orders_customer_fk;
ALTER TABLE shop.orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES shop.customers (id) ON DELETE CASCADE ON UPDATE CASCADE;
--> different table shop.orders, constraint orders_customer_fk: definition
--- a foreign key becomes deferrable
ALTER TABLE shop.orders ALTER CONSTRAINT orders_customer_fk DEFERRABLE INITIALLY DEFERRED;
--> different table shop.orders, constraint orders_customer_fk: state
--- a foreign key is no longer deferrable
ALTER TABLE shop.items ALTER CONSTRAINT items_product_id_fkey NOT DEFERRABLE;
--> different table shop.items, constraint items_product_id_fkey: state
--- a foreign key is no longer enforced
ALTER TABLE shop.orders ALTER CONSTRAINT orders_customer_fk NOT ENFORCED;
--> different table shop.orders, constraint orders_customer_fk: state
--- match full
ALTER TABLE shop.orders DROP CONSTRAINT orders_customer_fk;
ALTER TABLE shop.orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES shop.customers (id) MATCH FULL ON DELETE CASCADE;
--> different table shop.orders, constraint orders_customer_fk: definition
--- rename a foreign key
ALTER TABLE shop.orders RENAME CONSTRAINT orders_customer_fk TO orders_customer_id_fkey;
--> cosmetic table shop.orders, constraint orders_customer_fk: name
--- foreign key of a partitioned table
ALTER TABLE shop.log ADD COLUMN who bigint REFERENCES shop.customers;
--> extra table shop.log, column who
--> extra table shop.log, constraint log_who_fkey
--> extra table shop.log_2024, column who
--> extra table shop.log_2025, column who
--> extra table shop.log_rest, column who
--- add an exclusion constraint
ALTER TABLE shop.products ADD CONSTRAINT one_valid EXCLUDE USING gist (valid WITH =) WHERE (stock > 5);
--> extra table shop.products, constraint one_valid
--- drop an exclusion constraint
ALTER TABLE shop.products DROP CONSTRAINT no_overlap;
--> missing table shop.products, constraint no_overlap
