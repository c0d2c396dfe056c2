using Tarn.Clients;
using Tarn.Demo;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;

namespace Tarn.Tests.Demo;

/// <summary>
/// What the producer counts must be what the stream holds, each record once, whatever a put runs into.
/// </summary>
public sealed class ScoreProducerTests
{
    private static readonly TimeSpan RunTimeMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_WithoutFaults_CountsWhatIsStored() => await AssertCountsWhatIsStoredAsync(inDoubt: 0, []);

    [Theory]
    [InlineData(PutFault.RefuseEveryThird, 0)]
    [InlineData(PutFault.RefuseAll, 0)]
    [InlineData(PutFault.CloseBeforeStoring, 1)]
    [InlineData(PutFault.CloseAfterHalf, 1)]
    [InlineData(PutFault.CloseAfterStoring, 1)]
    [InlineData(PutFault.CutAnswer, 1)]
    [InlineData(PutFault.ErrorAfterHalf, 1)]
    public async Task Run_WithAFault_CountsWhatIsStored(PutFault fault, int inDoubt) =>
        await AssertCountsWhatIsStoredAsync(inDoubt, [PutFault.None, PutFault.None, fault]);

    [Fact]
    public async Task Run_FaultOfTheFirstPut_ReadsTheShardsFromTheirBeginning() =>
        await AssertCountsWhatIsStoredAsync(inDoubt: 1, [PutFault.CloseAfterHalf]);

    [Fact]
    public async Task Run_FaultsOneAfterTheOther_CountsWhatIsStored() =>
        await AssertCountsWhatIsStoredAsync(
            inDoubt: 5,
            [
                PutFault.None, PutFault.CloseAfterHalf, PutFault.CloseAfterHalf, PutFault.RefuseEveryThird,
                PutFault.CutAnswer, PutFault.None, PutFault.CloseAfterStoring, PutFault.CloseBeforeStoring,
            ]);

    [Fact]
    public async Task Run_ReadsThatFailWhileInDoubt_AreReadAgain() =>
        await AssertCountsWhatIsStoredAsync(inDoubt: 1, [PutFault.None, PutFault.CloseAfterHalf], readFaults: 2);

    private static async Task AssertCountsWhatIsStoredAsync(int inDoubt, PutFault[] faults, int readFaults = 0)
    {
        await using var server = await KinesisStandIn.StartAsync(faults, readFaults);
        using var kinesis = new KinesisClient(
            server.Address, new AccessKey("AKIATESTTESTTEST", "a secret", "root"), "us-east-1", TimeProvider.System);
        var producer = new ScoreProducer(
            kinesis,
            "scores",
            ratePerSecond: 1000,
            new ScoreGenerator(users: 20, seed: 1, IdSource.System, TimeProvider.System),
            TimeProvider.System);
        using var stop = new CancellationTokenSource();
        using var abort = new CancellationTokenSource(RunTimeMax);

        var run = producer.RunAsync(stop.Token, abort.Token);
        await await Task.WhenAny(server.Drained.WaitAsync(abort.Token), run);
        await stop.CancelAsync();
        await run;

        var stored = server.Stored;
        Assert.NotEmpty(stored);
        Assert.Equal(stored.Count, stored.Select(score => (string)score["game_id"]!).Distinct().Count());
        Assert.Equal(stored.Count, producer.Acknowledged);
        Assert.Equal(stored.Sum(score => (long)score["score"]!), producer.AcknowledgedPoints);
        Assert.Equal(inDoubt, producer.InDoubt);
    }
}
