namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>
/// A step of a random sequence. Its numbers mean something only against the state that it meets (the B-th shard, the
/// C-th record, each modulo how many there are), so a sequence stays a sequence when steps are taken out of it.
/// </summary>
internal readonly record struct Step(StepKind Kind, int A, int B, int C)
{
    private const int LengthMin = 10;
    private const int LengthMax = 26;

    private static readonly StepKind[] Deck = Weigh(
        (StepKind.Create, 3),
        (StepKind.Delete, 2),
        (StepKind.Put, 9),
        (StepKind.PutMany, 9),
        (StepKind.Split, 6),
        (StepKind.Merge, 5),
        (StepKind.Scale, 3),
        (StepKind.ChangeMode, 1),
        (StepKind.ChangeRetention, 3),
        (StepKind.GetIterator, 9),
        (StepKind.GetRecords, 12),
        (StepKind.ReadAll, 2),
        (StepKind.ListShards, 5),
        (StepKind.ListStreams, 1),
        (StepKind.Tag, 3),
        (StepKind.Untag, 1),
        (StepKind.Register, 3),
        (StepKind.Deregister, 2),
        (StepKind.PassHours, 5),
        (StepKind.PassMinutes, 2),
        (StepKind.Restart, 1));

    public static List<Step> Sequence(Random random)
    {
        var steps = new List<Step> { Next(random) with { Kind = StepKind.Create } };
        var length = random.Next(LengthMin, LengthMax);
        while (steps.Count < length)
        {
            steps.Add(Next(random));
        }

        return steps;
    }

    private static Step Next(Random random) =>
        new(Deck[random.Next(Deck.Length)], random.Next(100), random.Next(100), random.Next(100));

    private static StepKind[] Weigh(params (StepKind Kind, int Count)[] cards) =>
        [.. cards.SelectMany(card => Enumerable.Repeat(card.Kind, card.Count))];
}
