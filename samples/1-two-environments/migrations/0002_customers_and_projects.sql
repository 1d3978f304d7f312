CREATE TABLE customers (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    name text NOT NULL,
    email text,
    phone text,
    UNIQUE (tenant_id, id)
);

CREATE TABLE projects (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    customer_id uuid REFERENCES customers (id),
    title text NOT NULL,
    labels text[] NOT NULL DEFAULT '{}',
    UNIQUE (tenant_id, id)
);

CREATE INDEX projects_labels_idx ON projects (labels);
