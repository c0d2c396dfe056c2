using System.Text;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Suggestions;

namespace Tarn.Delivery.Tests.Suggestions;

public sealed class MemberWatchTests
{
    [Fact]
    public void See_MembersWithoutAColumn_AreSuggestedWithATypeThatHoldsThem()
    {
        var watch = new MemberWatch(["N", "game"]);

        Look(watch, """{"n":1,"combo":3,"ok":true,"who":{"n":1}}""");
        Look(watch, """{"combo":2.5,"n":1,"game":"x","none":null,"mixed":1}""");
        Look(watch, """{"mixed":"a","n":1}""");

        Assert.Equal(
            ["combo double", "mixed string", "ok boolean", "who string"],
            watch.Unknown.Select(member => $"{member.Key} {member.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void See_MoreNamesThanAreKept_GoesOn()
    {
        var watch = new MemberWatch([]);

        Look(watch, "{" + string.Join(',', Enumerable.Range(0, 1500).Select(n => $"\"m{n}\":{n}")) + "}");

        Assert.Equal(1000, watch.Unknown.Count);
    }

    private static void Look(MemberWatch watch, string record) =>
        Assert.Null(RecordLine.FindFault(Encoding.UTF8.GetBytes(record), watch));
}
