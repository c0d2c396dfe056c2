namespace Tarn.ContinuousQueries.Planning;

/// <summary>The partials of one leaf. Equal ones are shared: avg(x) and sum(x) keep one sum.</summary>
internal sealed class PartialSet
{
    private readonly List<PartialSpec> _partials = [];

    public IReadOnlyList<PartialSpec> Partials => _partials;

    /// <summary>Names of the state's columns of each partial, joined by order.</summary>
    public IReadOnlyList<string> StateNames =>
        [.. _partials.SelectMany((partial, i) => partial.StateTypes.Select((_, part) => $"{NameOf(i)}_{part}"))];

    /// <summary>The name under which the partial's columns go (that, _ and a number); an equal one is there already or
    /// is added.</summary>
    public string Add(PartialSpec partial)
    {
        var at = _partials.FindIndex(
            known => known.Kind == partial.Kind && known.BatchColumns.SequenceEqual(partial.BatchColumns));
        if (at < 0)
        {
            at = _partials.Count;
            _partials.Add(partial);
        }

        return NameOf(at);
    }

    private static string NameOf(int number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tarn_p{number}");
}
