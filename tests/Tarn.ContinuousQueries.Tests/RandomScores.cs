using System.Globalization;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Seeded records for the source of <see cref="Lake.ScoresSource"/>: missing and null fields, big numbers,
/// some that cannot be read.</summary>
internal sealed class RandomScores(int seed)
{
    private static readonly string[] Users =
        ["ann", "bob", "cy", "dæ", "", "eve with a long name of more than twelve bytes"];
    private static readonly string[] Bad =
        ["", "not json", "[1]", """{"score":"many"}""", """{"score":1""", """{"day":"someday"}"""];
    private readonly Random _random = new(seed);

    public IReadOnlyList<string> Next(int count, double badShare = 0.02) =>
        [.. Enumerable.Range(0, count).Select(_ =>
            _random.NextDouble() < badShare ? Bad[_random.Next(Bad.Length)] : One())];

    private string One()
    {
        var fields = new List<string>();
        Add("user_id", $"\"{Users[_random.Next(Users.Length)]}\"");
        Add("game", $"\"g{_random.Next(4)}\"");
        Add("score", _random.Next(4) == 0
            ? Number(_random.NextInt64(long.MaxValue - 1_000)) : Number(_random.Next(-100, 100)));
        Add("rating", (_random.Next(-500, 500) / 4.0).ToString(CultureInfo.InvariantCulture));
        Add("price", (_random.Next(0, 1_000_000) / 100m).ToString(CultureInfo.InvariantCulture));
        Add("won", _random.Next(2) == 0 ? "true" : "false");
        Add("level", Number(_random.Next(-3, 3)));
        var micros = _random.Next(1_000_000);
        Add("played", $"\"2026-11-{_random.Next(1, 29):00} {_random.Next(24):00}:07:09.{micros:000000}\"");
        Add("day", $"\"20{_random.Next(10, 30)}-02-{_random.Next(1, 29):00}\"");
        return "{" + string.Join(',', fields) + "}";

        void Add(string name, string value)
        {
            var dice = _random.Next(10);
            if (dice > 0)
            {
                fields.Add($"\"{name}\":{(dice == 1 ? "null" : value)}");
            }
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
