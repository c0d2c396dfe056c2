using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>A column that something in FROM, or a query, offers.</summary>
/// <param name="Name">Null: it has no name and cannot be referred to.</param>
/// <param name="Sql">How to write it where it is visible.</param>
/// <param name="Uses">Table columns that are read when it is used.</param>
internal sealed record OutputColumn(string? Name, string Sql, SqlType? Type, IReadOnlyCollection<ColumnUse> Uses)
{
    /// <summary>The table column it is, unchanged; null when it is anything else.</summary>
    public ColumnUse? Origin { get; init; }

    /// <summary>Only found by its name: no part of a star.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The type as declared, for the message when SQL cannot use it.</summary>
    public string Declared { get; init; } = "";
}
