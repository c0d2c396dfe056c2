namespace Tarn.ContinuousQueries.Definitions;

/// <summary>An alert as it is stored: resource kind <c>alert</c>.</summary>
/// <param name="Id">Names what is stored of its rows and notifications; stays when the alert is replaced.</param>
/// <param name="Name">Lower case.</param>
/// <param name="Database">Of the view, lower case.</param>
/// <param name="View">Lower case.</param>
/// <param name="Condition">SQL over the view's columns.</param>
/// <param name="ForMilliseconds">How long the condition has to hold without a break; 0: not at all.</param>
/// <param name="Text">The statement's tokens; equal texts are the same definition.</param>
internal sealed record AlertSpec(
    string Id, string Name, string Database, string View, string Condition, long ForMilliseconds,
    IReadOnlyList<NotifyTarget> Targets, string Text)
{
    public AlertOptions Options { get => field ?? new AlertOptions(); init; } = new();

    /// <summary>The definition as a statement.</summary>
    public string Print() => AlertText.Print(this);
}
