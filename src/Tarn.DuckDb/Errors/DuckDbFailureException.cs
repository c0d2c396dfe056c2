namespace Tarn.DuckDb.Errors;

/// <summary>
/// DuckDB's own error text on its way to the session, which knows whether it was a cancel, a scan's fault or the SQL's.
/// </summary>
internal sealed class DuckDbFailureException(string text) : Exception(text);
