namespace Tarn.Delivery.Jq;

/// <summary>
/// Why a query gives nothing for a value, in jq's words where it has them. Caught by <c>?</c>, otherwise the fault of
/// the record.
/// </summary>
internal sealed class JqFault(string message) : Exception(message);
