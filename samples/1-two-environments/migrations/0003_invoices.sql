CREATE TYPE invoice_state AS ENUM ('draft', 'sent', 'paid');

CREATE TABLE invoices (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    project_id uuid REFERENCES projects (id),
    state invoice_state NOT NULL DEFAULT 'draft',
    amount numeric(12, 2) NOT NULL CHECK (amount >= 0)
);

CREATE INDEX invoices_project_id_idx ON invoices (project_id);
