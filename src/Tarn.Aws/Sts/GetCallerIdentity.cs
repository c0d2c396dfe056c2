using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Query;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Sts;

/// <summary>https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html</summary>
internal sealed class GetCallerIdentity(LakeIdentity lake) : IQueryOperation
{
    public AwsService Service => AwsService.Sts;

    public string Name => "GetCallerIdentity";

    public IReadOnlyList<string> Parameters => [];

    public void Run(QueryCall call)
    {
        var user = call.Caller.UserName;
        var isRoot = user == "root";
        call.Result
            .Text("Arn", $"arn:aws:iam::{lake.AccountId}:{(isRoot ? "root" : "user/" + user)}")
            .Text("UserId", isRoot ? lake.AccountId : call.Caller.AccessKeyId)
            .Text("Account", lake.AccountId);
    }
}
