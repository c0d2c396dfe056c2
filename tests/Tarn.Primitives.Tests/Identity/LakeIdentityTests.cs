using Tarn.Primitives.Identity;

namespace Tarn.Primitives.Tests.Identity;

public sealed class LakeIdentityTests
{
    [Fact]
    public void Arn_OfTheDefaultLake_HasZerosAndVirginia() =>
        Assert.Equal(
            "arn:aws:kinesis:us-east-1:000000000000:stream/scores", new LakeIdentity().Arn("kinesis", "stream/scores"));

    [Fact]
    public void Arn_OfAConfiguredLake_HasItsAccountAndRegion() =>
        Assert.Equal(
            "arn:aws:glue:eu-west-1:123456789012:catalog",
            new LakeIdentity { AccountId = "123456789012", Region = "eu-west-1" }.Arn("glue", "catalog"));
}
