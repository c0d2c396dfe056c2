namespace Tarn.ContinuousQueries.Alerts;

/// <summary>What an alert's condition came to over rows of its view.</summary>
/// <param name="IsWhole">True: rows that are not among <paramref name="Rows"/> are gone or do not fit.</param>
/// <param name="Rows">By key: those for which it holds, and those looked at that are pending or firing.</param>
/// <param name="Gone">Keys of rows that are there no more.</param>
internal sealed record AlertEvaluation(
    bool IsWhole, IReadOnlyDictionary<string, AlertEvaluation.Seen> Rows, IReadOnlyList<string> Gone)
{
    public static AlertEvaluation Nothing { get; } = new(false, new Dictionary<string, Seen>(), []);

    /// <param name="Row">The row as a JSON object; <c>null</c>: there are several, and it holds for none.</param>
    internal sealed record Seen(bool Holds, string Row);
}
