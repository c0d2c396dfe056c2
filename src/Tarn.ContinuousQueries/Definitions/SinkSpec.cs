namespace Tarn.ContinuousQueries.Definitions;

/// <summary>A sink as it is stored: resource kind <c>sink</c>.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Query">The view's definition as it was when the sink was made, under the sink's name and an id of its
/// own; the sink's snapshots lie in the folder of that id.</param>
/// <param name="View">The view.</param>
/// <param name="Sql">The statement that made it.</param>
/// <param name="Text">The statement's tokens behind the name; equal texts are the same definition.</param>
internal sealed record SinkSpec(
    string Name, ViewSpec Query, string View, SinkTargetSpec Target, string Sql, string Text)
{
    public SinkOptions Options { get => field ?? new SinkOptions(); init; } = new();

    /// <summary>Unlike any other sink's, and kept over restarts.</summary>
    public string Id => Query.Id;
}
