using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Aws.Tests.S3;

public sealed class LateAnswerTests : IDisposable
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<XmlAnswer> _work = new();
    private readonly MemoryStream _sent = new();
    private readonly DefaultHttpContext _context = new();

    public LateAnswerTests()
    {
        _context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/bucket/key";
        _context.Features.Set<IHttpResponseFeature>(new SentResponse(_sent));
        _context.Response.Body = _sent;
    }

    public void Dispose() => _sent.Dispose();

    [Fact]
    public async Task Send_ReadyAtOnce_IsAPlainAnswer()
    {
        _work.SetResult(new XmlAnswer("Done", null));

        await StartAsync();

        Assert.Equal(Declaration + "<Done />", Sent);
        Assert.Equal(_sent.Length, _context.Response.ContentLength);
    }

    [Fact]
    public async Task Send_Slow_KeepsTheConnectionAwakeAndThenAnswers()
    {
        var sending = StartAsync();
        await PassUntilAsync(Declaration.Length + 2);
        _work.SetResult(new XmlAnswer("Done", null));

        await sending;

        Assert.Matches("^" + Regex.Escape(Declaration) + " {2,}<Done />$", Sent);
    }

    [Fact]
    public async Task Send_SlowAndRefused_TellsTheErrorInTheBody()
    {
        var sending = StartAsync();
        await PassUntilAsync(1);
        _work.SetException(new TarnException(ErrorKind.Invalid, "part 1 is too small") { Code = "EntityTooSmall" });

        await sending;

        Assert.Equal(200, _context.Response.StatusCode);
        Assert.Contains("<Error><Code>EntityTooSmall</Code><Message>part 1 is too small</Message>", Sent);
    }

    [Fact]
    public async Task Send_SlowAndBroken_ThrowsSoThatTheConnectionIsCut()
    {
        var sending = StartAsync();
        await PassUntilAsync(1);
        _work.SetException(new TarnException(ErrorKind.Unavailable, "no space"));

        await Assert.ThrowsAsync<TarnException>(() => sending);
    }

    [Fact]
    public async Task Send_RefusedAtOnce_KeepsItsStatus()
    {
        _work.SetException(new AwsException("NoSuchUpload", 404, "gone"));

        await Assert.ThrowsAsync<AwsException>(StartAsync);
        Assert.Equal("", Sent);
    }

    private string Sent => Encoding.UTF8.GetString(_sent.ToArray());

    private Task StartAsync()
    {
        var address = new S3Address("bucket", "key");
        var call = new S3Call(
            new Exchange(_context, "id"), default, null!, address, new Dictionary<string, string>());
        return new LateAnswer(_time).SendAsync(call, _work.Task, default);
    }

    /// <summary>Lets pauses go by until this many bytes were sent.</summary>
    private async Task PassUntilAsync(int bytes)
    {
        while (_sent.Length < bytes)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }

    /// <summary>As Kestrel's: its status is fixed once bytes are out.</summary>
    private sealed class SentResponse(MemoryStream sent) : HttpResponseFeature, IHttpResponseFeature
    {
        public override bool HasStarted => sent.Length > 0;

        int IHttpResponseFeature.StatusCode
        {
            get => StatusCode;
            set => StatusCode = HasStarted ? throw new InvalidOperationException("the answer has started") : value;
        }
    }
}
