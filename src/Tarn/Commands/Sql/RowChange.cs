using System.Text.Json;

namespace Tarn.Commands.Sql;

/// <summary>What became of a row of a view.</summary>
/// <param name="Kind">snapshot, upsert or remove.</param>
/// <param name="Row">Its values; of a removed row the last ones.</param>
internal sealed record RowChange(long Version, string Kind, JsonElement Row)
{
    /// <summary>What a reader has that has taken all changes of the version, or null.</summary>
    public string? Position { get; init; }
}
