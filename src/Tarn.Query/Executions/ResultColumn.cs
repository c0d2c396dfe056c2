using System.Text.Json.Serialization;

namespace Tarn.Query.Executions;

/// <summary>A result column.</summary>
/// <param name="Type">Athena's type name, such as <c>bigint</c>, <c>varchar</c>, <c>decimal</c>,
/// <c>timestamp</c>.</param>
public sealed record ResultColumn(string Name, string Type, int Precision, int Scale)
{
    [JsonIgnore]
    public bool IsCaseSensitive => Type is "varchar" or "char";
}
