using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>A statement of this room, parsed. Names are lower case; a database that is null is the session's.</summary>
internal abstract record Statement
{
    private Statement()
    {
    }

    public sealed record CreateSource(SourceSpec Source, bool OrReplace, bool IfNotExists) : Statement;

    /// <param name="Column">The column to add, or null.</param>
    /// <param name="Options">The options to set, or none.</param>
    public sealed record AlterSource(string Name, SourceColumn? Column, IReadOnlyList<OptionValue> Options) : Statement;

    public sealed record DropSource(string Name, bool IfExists) : Statement;

    /// <param name="Select">From SELECT to its end.</param>
    /// <param name="Text">The select without the space between its tokens; equal texts are the same definition.</param>
    public sealed record CreateView(string Name, string? Database, string Select, string Sql, string Text) : Statement
    {
        public bool OrReplace { get; init; }

        public bool IfNotExists { get; init; }

        public bool EmitsOnClose { get; init; }

        public ViewOptions Options { get; init; } = new();
    }

    public sealed record AlterView(string Name, string? Database, IReadOnlyList<OptionValue> Options) : Statement;

    public sealed record DropView(string Name, string? Database, bool IfExists) : Statement;

    /// <param name="Since">What the reader has, or null.</param>
    public sealed record Subscribe(string Name, string? Database, ViewPosition? Since) : Statement;

    /// <param name="View">The view whose rows leave.</param>
    /// <param name="ViewDatabase">Null: wherever the view is.</param>
    /// <param name="Text">What follows the name, without the space between its tokens.</param>
    public sealed record CreateSink(
        string Name, string View, string? ViewDatabase, SinkTargetSpec Target, string Sql, string Text) : Statement
    {
        public bool IfNotExists { get; init; }

        public SinkOptions Options { get; init; } = new();
    }

    public sealed record DropSink(string Name, bool IfExists) : Statement;

    public sealed record ShowSources : Statement;

    public sealed record ShowViews : Statement;

    public sealed record ShowSinks : Statement;

    public sealed record ShowCreateSource(string Name) : Statement;

    public sealed record ShowCreateView(string Name, string? Database) : Statement;

    public sealed record ShowCreateSink(string Name) : Statement;

    public sealed record DescribeSource(string Name) : Statement;

    public sealed record DescribeView(string Name, string? Database) : Statement;

    public sealed record DescribeSink(string Name) : Statement;

    public sealed record ExplainCreate(CreateView Create) : Statement;

    public sealed record ExplainCreateSink(CreateSink Create) : Statement;

    public sealed record ExplainSink(string Name) : Statement;

    public sealed record ExplainView(string Name, string? Database) : Statement;

    /// <param name="Alert">Without an id; its database is empty when it is the session's.</param>
    public sealed record CreateAlert(AlertSpec Alert, bool OrReplace, bool IfNotExists) : Statement;

    public sealed record DropAlert(string Name, bool IfExists) : Statement;

    public sealed record ShowAlerts : Statement;

    public sealed record ShowCreateAlert(string Name) : Statement;

    public sealed record DescribeAlert(string Name) : Statement;

    /// <summary>True when it asks about alerts.</summary>
    public bool AsksOfAlerts => this is ShowAlerts or ShowCreateAlert or DescribeAlert;

    /// <summary>True when the answer is rows.</summary>
    public bool GivesRows => AsksOfAlerts
        || this is ShowSources or ShowViews or ShowSinks or ShowCreateSource or ShowCreateView
        or DescribeSource or DescribeView or ExplainCreate or ExplainView
        or ShowCreateSink or DescribeSink or ExplainCreateSink or ExplainSink;
}
