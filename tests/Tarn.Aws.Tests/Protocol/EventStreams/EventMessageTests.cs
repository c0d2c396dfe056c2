using System.Buffers;
using Tarn.Aws.Protocol.EventStreams;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Protocol.EventStreams;

public sealed class EventMessageTests
{
    /// <summary>The vectors of Smithy's specification and the SDKs' tests that have no headers.</summary>
    [Theory]
    [InlineData("", "000000100000000005C248EB7D98C8FF")]
    [InlineData("7B27666F6F273A27626172277D", "0000001D00000000FD528C5A7B27666F6F273A27626172277DC3653936")]
    public void Write_WithoutHeaders_IsThePublishedVector(string payload, string expected)
    {
        var written = new ArrayBufferWriter<byte>();

        EventMessage.Write(written, new EventHeaders(), Convert.FromHexString(payload));

        Assert.Equal(expected, Convert.ToHexString(written.WrittenSpan));
    }

    [Fact]
    public void Write_WithStringHeader_IsThePublishedVector()
    {
        var written = new ArrayBufferWriter<byte>();

        EventMessage.Write(
            written, new EventHeaders(("content-type", "application/json")), "{'foo':'bar'}"u8);

        Assert.Equal(
            "0000003D0000002007FD83960C"
            + "636F6E74656E742D74797065070010"
            + "6170706C69636174696F6E2F6A736F6E"
            + "7B27666F6F273A27626172277D8D9C08B1",
            Convert.ToHexString(written.WrittenSpan));
    }

    [Fact]
    public async Task Write_SeveralMessages_AreReadBackOneByOne()
    {
        var written = new ArrayBufferWriter<byte>();
        foreach (var length in new[] { 0, 1, 7, 8, 9, 100_000 })
        {
            EventMessage.Write(written, new EventHeaders((":event-type", $"{length} ß")), new byte[length]);
        }

        var stream = new MemoryStream(written.WrittenSpan.ToArray());
        var frames = new List<EventFrame>();
        while (await EventFrame.ReadAsync(stream) is { } frame)
        {
            frames.Add(frame);
        }

        Assert.Equal([0, 1, 7, 8, 9, 100_000], frames.Select(frame => frame.Payload.Length));
        Assert.All(frames, frame => Assert.Equal($"{frame.Payload.Length} ß", frame.Headers[":event-type"]));
    }

    [Fact]
    public void Headers_LongValue_IsCutAtWholeCharacters()
    {
        var headers = new EventHeaders(("a", new string('ß', 100_000)));

        Assert.True(headers.Encoded.Length < ushort.MaxValue);
    }
}
