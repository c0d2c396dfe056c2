using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>A statement of this room, parsed. Names are lower case.</summary>
internal abstract record Statement
{
    private Statement()
    {
    }

    /// <param name="Text">The statement without the space between its tokens; equal texts are the same
    /// definition.</param>
    public sealed record CreateSource(
        string Name, IReadOnlyList<SourceColumn> Columns, string Stream, string Sql, string Text) : Statement;

    /// <param name="Database">Null: the session's.</param>
    /// <param name="Select">From SELECT to the end.</param>
    /// <param name="Text">The select without the space between its tokens; equal texts are the same definition.</param>
    public sealed record CreateView(
        string Name, string? Database, bool OrReplace, string Select, string Sql, string Text) : Statement;

    public sealed record DropSource(string Name, bool IfExists) : Statement;

    public sealed record DropView(string Name, string? Database, bool IfExists) : Statement;

    public sealed record ShowSources : Statement;

    public sealed record ShowViews : Statement;
}
