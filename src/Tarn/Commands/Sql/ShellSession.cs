namespace Tarn.Commands.Sql;

/// <summary>What the user of <c>tarn sql</c> has chosen; backslash commands change it.</summary>
internal sealed class ShellSession
{
    public required string Database { get; set; }

    public required string Workgroup { get; init; }

    /// <summary>table, csv, json or parquet.</summary>
    public required string Output { get; set; }

    /// <summary>File that results go to; null: standard output.</summary>
    public string? Target { get; set; }

    /// <summary>Whether the time that a statement took is told.</summary>
    public bool IsTiming { get; set; } = true;

    /// <summary>Whether a table shows a column a line.</summary>
    public bool IsExpanded { get; set; }
}
