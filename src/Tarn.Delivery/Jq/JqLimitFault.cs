namespace Tarn.Delivery.Jq;

/// <summary>A record that a query spends too much on. Not caught by <c>?</c>.</summary>
internal sealed class JqLimitFault(string message) : Exception(message);
