using Tarn.ContinuousQueries.Sinks;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>Output that waits, as every version that ever was wrote it.</summary>
public sealed class SinkEpochFileTests
{
    private const string Sink = "0195521a55d07c11a04b6a6a3f6cb8a1";

    private static string File1 => Path.Combine(AppContext.BaseDirectory, "testdata/sink-v1/epoch-2-7.tarnsink");

    [Fact]
    public void Read_FileOfVersion1_GivesTheEpoch()
    {
        using var file = File.OpenRead(File1);

        var epoch = SinkEpochFile.Read(file, Sink);

        Assert.Equal((2, 7, 3, false, true), (epoch.Number, epoch.Version, epoch.First, epoch.Appends, epoch.IsRepeat));
        Assert.Equal(["zoë", 5L, 0.5, 12.50m], epoch.Rows.Row(0));
        Assert.Equal([null, -1L, null, null], epoch.Rows.Row(1));
        Assert.Equal(["gus", null, null, null], epoch.Removed!.Row(0));
    }

    [Fact]
    public void Write_TheSameEpoch_GivesTheSameBytes()
    {
        var bytes = File.ReadAllBytes(File1);
        using var written = new MemoryStream();

        SinkEpochFile.Write(written, Sink, SinkEpochFile.Read(new MemoryStream(bytes), Sink));

        Assert.Equal(bytes, written.ToArray());
    }

    [Fact]
    public void Read_DamagedOrOfAnotherSink_IsRefused()
    {
        var bytes = File.ReadAllBytes(File1);
        var damaged = (byte[])bytes.Clone();
        damaged[^6] ^= 1;

        Assert.Throws<InvalidDataException>(() => SinkEpochFile.Read(new MemoryStream(damaged), Sink));
        Assert.Throws<InvalidDataException>(() => SinkEpochFile.Read(new MemoryStream(bytes), "another"));
    }
}
