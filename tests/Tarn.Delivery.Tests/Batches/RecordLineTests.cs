using System.Buffers;
using System.Text;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Suggestions;

namespace Tarn.Delivery.Tests.Batches;

public sealed class RecordLineTests
{
    [Theory]
    [InlineData("""{"a":1}""", "{\"a\":1}\n")]
    [InlineData("{\"a\":1}\n", "{\"a\":1}\n")]
    [InlineData("{\"a\":1}\r\n", "{\"a\":1}\n")]
    [InlineData("{\n  \"a\": 1.50,\r\n  \"b\": \"x\\ny\"\n}\n", "{  \"a\": 1.50,  \"b\": \"x\\ny\"}\n")]
    [InlineData(" {} ", " {} \n")]
    public void Write_ObjectInAnyLayout_IsOneLine(string payload, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        var bytes = Encoding.UTF8.GetBytes(payload);

        Assert.Null(RecordLine.FindFault(bytes, new MemberWatch([])));
        RecordLine.Write(output, bytes);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n", "empty")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("7", "not a JSON object")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("{}\n{\"a\":1}", "not JSON")]
    [InlineData("{\"a\":", "not JSON")]
    [InlineData("{\"a\":1,}", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("{\"a\":\"\n\"}", "not JSON")]
    public void FindFault_AnythingElse_IsNamed(string payload, string expected) =>
        Assert.StartsWith(expected, Fault(Encoding.UTF8.GetBytes(payload)), StringComparison.Ordinal);

    [Fact]
    public void FindFault_BytesThatAreNotUtf8_IsNamed() =>
        Assert.Equal("not valid UTF-8", Fault([.. "{\"a\":\""u8, 0xff, .. "\"}"u8]));

    private static string? Fault(byte[] payload) => RecordLine.FindFault(payload, new MemberWatch([]));
}
