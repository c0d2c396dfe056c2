using System.Globalization;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>The partials of one leaf. Equal ones are shared: avg(x) and sum(x) keep one sum.</summary>
internal sealed class PartialSet
{
    private readonly List<PartialSpec> _partials = [];

    public IReadOnlyList<PartialSpec> Partials => _partials;

    /// <summary>Names of the state's columns of each partial, joined by order.</summary>
    public IReadOnlyList<string> StateNames =>
        [.. _partials.SelectMany((partial, i) => partial.StateTypes.Select((_, part) => NameOf(i, part)))];

    /// <summary>The name under which the partial's columns go (that, _ and a number); an equal one is there already or
    /// is added.</summary>
    public string Add(PartialSpec partial) => NameOf(Find(partial));

    /// <summary>The name of the first column of a reading of the partial's values, and of the next one.</summary>
    public (string First, string Second) Add(PartialSpec partial, Reading reading)
    {
        var at = Find(partial);
        var known = _partials[at];
        if (!known.Readings.Contains(reading))
        {
            _partials[at] = known = known with { Readings = [.. known.Readings, reading] };
        }

        var column = known.Readings.TakeWhile(other => other != reading).Sum(other =>
            other.TypesOf(known.Value).Count);
        return (NameOf(at, column), NameOf(at, column + 1));
    }

    private int Find(PartialSpec partial)
    {
        var at = _partials.FindIndex(
            known => known.Kind == partial.Kind && known.BatchColumns.SequenceEqual(partial.BatchColumns));
        if (at < 0)
        {
            at = _partials.Count;
            _partials.Add(partial);
        }

        return at;
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"tarn_p{number}");

    private static string NameOf(int number, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{NameOf(number)}_{column}");
}
