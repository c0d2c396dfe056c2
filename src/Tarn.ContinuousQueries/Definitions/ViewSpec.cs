using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>A materialized view as it is stored: resource kind <c>view</c>.</summary>
/// <param name="Id">New whenever the definition is; its snapshots lie in the folder of that name.</param>
/// <param name="Name">Lower case.</param>
/// <param name="Database">Lower case.</param>
/// <param name="Source">The source it reads.</param>
/// <param name="Select">From SELECT to the end.</param>
/// <param name="Sql">The statement that made it.</param>
/// <param name="Text">The select's tokens; equal texts are the same definition.</param>
/// <param name="StreamId">The stream as it was when the view was made.</param>
/// <param name="Start">Per shard, the first sequence number that the view counts.</param>
internal sealed record ViewSpec(
    string Id,
    string Name,
    string Database,
    string Source,
    string Select,
    string Sql,
    string Text,
    IReadOnlyList<ViewColumn> Columns,
    string StreamId,
    IReadOnlyDictionary<string, ulong> Start)
{
    /// <summary>Sources beyond <see cref="Source"/>.</summary>
    public IReadOnlyList<ViewInputSpec> OtherInputs { get => field ?? []; init; } = [];

    /// <summary>EMIT ON WINDOW CLOSE: a window's rows are shown once, when it has closed.</summary>
    public bool EmitsOnClose { get; init; }

    /// <summary>Counts nothing until it is resumed.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Definitions of the first version have none stored.</summary>
    public ViewOptions Options { get => field ?? new ViewOptions(); init; } = new();

    /// <summary>The views that its SELECT reads, also through others. Null: stored before they were kept.</summary>
    public IReadOnlyList<InlinedView>? Inlined { get; init; }

    /// <summary>All sources it reads.</summary>
    public IEnumerable<ViewInputSpec> Inputs() =>
        OtherInputs.Prepend(new ViewInputSpec(Source, StreamId, Start));

    /// <summary>What the definition says of one of its sources.</summary>
    public ViewInputSpec InputOf(string source) => Inputs().First(input => input.Source == source);
}
