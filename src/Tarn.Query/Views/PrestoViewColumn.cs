using System.Text.Json.Serialization;

namespace Tarn.Query.Views;

/// <summary>A column of a view.</summary>
/// <param name="Type">Trino's name of it, such as <c>array(varchar)</c>.</param>
public sealed record PrestoViewColumn(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("type")] string Type);
