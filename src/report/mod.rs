//! Facts turned into words: findings and predictions as text and as data.

pub mod catalog_json;
pub mod drift;
mod drift_advice;
pub mod drift_json;
pub mod drift_markdown;
pub mod json;
pub mod jsonl;
pub mod plan;
pub mod status;
pub mod text;
