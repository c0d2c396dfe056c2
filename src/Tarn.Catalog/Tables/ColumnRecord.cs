using System.Text.Json.Serialization;

namespace Tarn.Catalog.Tables;

/// <summary>
/// A column within <see cref="TableRecord"/>: <code>{"name":"score", "type":"int", "comment":"points"}</code>
/// </summary>
internal sealed record ColumnRecord
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    public static ColumnRecord Of(Column column) => new()
    {
        Name = column.Name,
        Type = column.Type,
        Comment = column.Comment.Length == 0 ? null : column.Comment,
    };

    public Column ToColumn() => new(Name, Type, Comment ?? "");
}
