namespace Tarn.Query.Binding.Projection;

/// <summary>A value of a projected key.</summary>
/// <param name="Text">As it stands in locations.</param>
/// <param name="Value">As the column's type reads it.</param>
internal readonly record struct ProjectedValue(string Text, string Value);
