namespace Tarn.Delivery;

/// <summary>A table of the catalog.</summary>
public sealed record TableTarget(string Database, string Table);
