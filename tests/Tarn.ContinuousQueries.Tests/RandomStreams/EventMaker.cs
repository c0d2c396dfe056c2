using System.Globalization;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>Seeded payloads. Event times are whole milliseconds, so that none lies on a bound of half ones.</summary>
/// <param name="firstId">Ids count up from it.</param>
internal sealed class EventMaker(Random random, StreamShape shape, long firstId)
{
    private static readonly string[] Users =
        ["ann", "bob", "cy", "dæ", "", "eve with a long name of more than twelve bytes", "fay", "gus"];
    private static readonly string[] Bad =
        ["", "not json", "[1]", """{"score":"many"}""", """{"score":1""", """{"day":"someday"}""", """{"ts":"soon"}"""];
    private long _id = firstId;

    /// <summary>An event around the frontier of event time; <paramref name="now"/> is the clock's.</summary>
    public (long Id, string Payload, DateTime? At) Next(DateTime frontier, DateTime now)
    {
        var id = _id++;
        if (random.NextDouble() < shape.BadShare)
        {
            return (id, Bad[random.Next(Bad.Length)], null);
        }

        DateTime? at = random.NextDouble() < shape.FutureShare
            ? now.AddMinutes(random.Next(5, 500))
            : frontier.AddMilliseconds(-random.NextInt64((long)shape.Disorder.TotalMilliseconds + 1));
        at = random.NextDouble() < shape.NullShare / 4 ? null : at;
        return (id, Make(id, at), at);
    }

    /// <summary>An event of exactly that time.</summary>
    public (long Id, string Payload, DateTime? At) At(DateTime at)
    {
        var id = _id++;
        return (id, Make(id, at), at);
    }

    private string Make(long id, DateTime? at)
    {
        var fields = new List<string> { $"\"id\":{id}" };
        Add("user_id", $"\"{Users[random.Next(Users.Length)]}\"");
        Add("game", $"\"g{random.Next(4)}\"");
        Add("score", random.Next(4) == 0
            ? Number(random.NextInt64(long.MaxValue - 1_000)) : Number(random.Next(-100, 100)));
        Add("rating", (random.Next(-500, 500) / 4.0).ToString(CultureInfo.InvariantCulture));
        Add("price", (random.Next(0, 1_000_000) / 100m).ToString(CultureInfo.InvariantCulture));
        Add("won", random.Next(2) == 0 ? "true" : "false");
        Add("level", Number(random.Next(-3, 3)));
        Add("day", $"\"20{random.Next(10, 30)}-02-{random.Next(1, 29):00}\"");
        Add("tags", "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5))) + "]");
        fields.Add(at is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"\"ts\":\"{time:yyyy-MM-dd HH:mm:ss.fff}\"")
            : "\"ts\":null");
        return "{" + string.Join(',', fields) + "}";

        void Add(string name, string value)
        {
            if (random.NextDouble() >= shape.NullShare / 2)
            {
                fields.Add($"\"{name}\":{(random.NextDouble() < shape.NullShare / 2 ? "null" : value)}");
            }
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
