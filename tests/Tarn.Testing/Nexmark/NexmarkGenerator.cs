using System.Globalization;
using System.Text;

namespace Tarn.Testing.Nexmark;

/// <summary>
/// Nexmark's three streams in their published ratios: of 50 events 1 is a person, 3 are auctions, 46 are bids; half of
/// the bids go to hot auctions, three of four come from hot bidders, three of four auctions from hot sellers; prices
/// are 10^[0, 6) times 100. Event times are in order and none comes twice. The same seed and number give the same
/// event.
/// </summary>
public sealed class NexmarkGenerator(long seed, DateTime start, int eventsPerSecond)
{
    private const int Cycle = 50;
    private const int PersonsPerCycle = 1;
    private const int AuctionsPerCycle = 3;
    private const long FirstId = 1000;
    private const long FirstCategory = 10;
    private const int Categories = 5;
    private const int ActivePeople = 1000;
    private const int PersonLead = 10;
    private const int AuctionsInFlight = 100;
    private const int AuctionLead = 10;
    private const int HotUnit = 100;
    private const int HotAuctionRatio = 2;
    private const int HotPersonRatio = 4;

    private static readonly string[] FirstNames =
        ["Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"];
    private static readonly string[] LastNames =
        ["Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"];
    private static readonly string[] Cities =
    [
        "Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent",
        "Cheyenne",
    ];

    private static readonly string[] States = ["AZ", "CA", "ID", "OR", "WA", "WY"];
    private static readonly string[] HotChannels = ["Google", "Facebook", "Baidu", "Apple"];

    /// <summary>The streams' columns as a source declares them, without a watermark.</summary>
    public static IReadOnlyDictionary<string, string> Columns { get; } = new Dictionary<string, string>
    {
        ["person"] = "id BIGINT, name VARCHAR, email_address VARCHAR, credit_card VARCHAR, city VARCHAR, "
            + "state VARCHAR, date_time TIMESTAMP, extra VARCHAR",
        ["auction"] = "id BIGINT, item_name VARCHAR, description VARCHAR, initial_bid BIGINT, reserve BIGINT, "
            + "date_time TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT, extra VARCHAR",
        ["bid"] = "auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, "
            + "date_time TIMESTAMP, extra VARCHAR",
    };

    /// <summary>Event <paramref name="number"/>, from 0 on.</summary>
    public NexmarkEvent Make(long number)
    {
        var random = new NexmarkRandom(seed, number);
        return (number % Cycle) switch
        {
            < PersonsPerCycle => Person(number, ref random),
            < PersonsPerCycle + AuctionsPerCycle => Auction(number, ref random),
            _ => Bid(number, ref random),
        };
    }

    private NexmarkEvent Person(long number, ref NexmarkRandom random)
    {
        var id = LastPerson(number) + FirstId;
        var name = $"{Any(FirstNames, ref random)} {Any(LastNames, ref random)}";
        return Event("person", id,
            $"{{\"id\":{id},\"name\":\"{name}\",\"email_address\":\"{random.NextText(7)}@{random.NextText(5)}.com\","
            + $"\"credit_card\":\"{random.Next(10_000):0000} {random.Next(10_000):0000} {random.Next(10_000):0000} "
            + $"{random.Next(10_000):0000}\",\"city\":\"{Any(Cities, ref random)}\","
            + $"\"state\":\"{Any(States, ref random)}\",\"date_time\":\"{TimeOf(number)}\","
            + $"\"extra\":\"{random.NextText(60)}\"}}");
    }

    private NexmarkEvent Auction(long number, ref NexmarkRandom random)
    {
        var id = LastAuction(number) + FirstId;
        var seller = FirstId + (random.Next(HotPersonRatio) > 0
            ? LastPerson(number) / HotUnit * HotUnit
            : NextPerson(number, ref random));
        var bid = Price(ref random);
        var horizon = AuctionsInFlight * Cycle / AuctionsPerCycle;
        var expires = number + 1 + random.Next(horizon * 2);
        return Event("auction", id,
            $"{{\"id\":{id},\"item_name\":\"{random.NextText(20)}\",\"description\":\"{random.NextText(100)}\","
            + $"\"initial_bid\":{bid},\"reserve\":{bid + Price(ref random)},\"date_time\":\"{TimeOf(number)}\","
            + $"\"expires\":\"{TimeOf(expires)}\",\"seller\":{seller},"
            + $"\"category\":{FirstCategory + random.Next(Categories)},\"extra\":\"{random.NextText(150)}\"}}");
    }

    private NexmarkEvent Bid(long number, ref NexmarkRandom random)
    {
        var auction = FirstId + (random.Next(HotAuctionRatio) > 0
            ? LastAuction(number) / HotUnit * HotUnit
            : NextAuction(number, ref random));
        var bidder = FirstId + (random.Next(HotPersonRatio) > 0
            ? (LastPerson(number) / HotUnit * HotUnit) + 1
            : NextPerson(number, ref random));
        var channel = random.Next(2) > 0 ? Any(HotChannels, ref random) : $"channel-{random.Next(10_000)}";
        return Event("bid", bidder,
            $"{{\"auction\":{auction},\"bidder\":{bidder},\"price\":{Price(ref random)},\"channel\":\"{channel}\","
            + $"\"url\":\"https://www.nexmark.com/{random.NextText(5)}/item.htm?query=1\","
            + $"\"date_time\":\"{TimeOf(number)}\",\"extra\":\"{random.NextText(20)}\"}}");
    }

    private static NexmarkEvent Event(string stream, long key, string json) => new(
        stream, Encoding.ASCII.GetBytes(key.ToString(CultureInfo.InvariantCulture)), Encoding.ASCII.GetBytes(json));

    private static string Any(string[] texts, ref NexmarkRandom random) => texts[random.Next(texts.Length)];

    private static long Price(ref NexmarkRandom random) =>
        (long)Math.Round(Math.Pow(10, random.NextDouble() * 6) * 100);

    /// <summary>The number of the newest person, from 0 on.</summary>
    private static long LastPerson(long number) => number / Cycle;

    /// <summary>The number of the newest auction, from 0 on; 0 before the first one.</summary>
    private static long LastAuction(long number)
    {
        var inCycle = Math.Clamp((number % Cycle) - PersonsPerCycle, -1, AuctionsPerCycle - 1);
        return Math.Max(0, (number / Cycle * AuctionsPerCycle) + inCycle);
    }

    private static long NextPerson(long number, ref NexmarkRandom random)
    {
        var people = LastPerson(number) + 1;
        var active = Math.Min(people, ActivePeople);
        return people - active + random.Next(active + PersonLead);
    }

    private static long NextAuction(long number, ref NexmarkRandom random)
    {
        var last = LastAuction(number);
        var first = Math.Max(last - AuctionsInFlight, 0);
        return first + random.Next(last - first + 1 + AuctionLead);
    }

    private string TimeOf(long number) => start.AddMicroseconds(number * 1e6 / eventsPerSecond)
        .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
