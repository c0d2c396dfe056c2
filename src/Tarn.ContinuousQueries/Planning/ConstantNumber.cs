namespace Tarn.ContinuousQueries.Planning;

/// <summary>A number that stands in the SQL.</summary>
/// <param name="Exact">Its digits, where it is a decimal number and no floating-point one.</param>
internal sealed record ConstantNumber(double Value, decimal? Exact);
