using System.Text.Json;

namespace Tarn.ContinuousQueries.Tests.Lookups;

/// <summary>A table of the lake that random events are joined with: one game is missing, one stands twice.</summary>
internal static class GameTable
{
    public const string Name = "lake.games";

    private static readonly (string Game, string? Title, int Weight)[] Rows =
        [("g0", "Chess", 1), ("g1", "Go", -2), ("g1", "Gomoku", 2), ("g2", null, 0), ("g9", "Never played", 5)];

    /// <summary>The rows as a relation in bare DuckDB.</summary>
    public static string Values => "(SELECT * FROM (VALUES " + string.Join(", ", Rows.Select(row =>
        $"('{row.Game}', {(row.Title is null ? "NULL" : $"'{row.Title}'")}, {row.Weight})"))
        + ") AS rows(game, title, weight))";

    public static async Task CreateAsync(LakeTables tables)
    {
        await tables.CreateAsync(Name, "game string", "title string", "weight int");
        await tables.PutAsync(Name, "rows.json", [.. Rows.Select(row => JsonSerializer.Serialize(
            new { game = row.Game, title = row.Title, weight = row.Weight }))]);
    }
}
