using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Errors;

namespace Tarn.Aws.S3;

/// <summary>
/// The answer of an operation that may take minutes. For the first seconds nothing is sent, so that a failure has its
/// own status. Then 200 goes out, and white space every few seconds keeps the connection and the client awake until the
/// result, or the error, follows in the body:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
/// </summary>
internal sealed class LateAnswer(TimeProvider time)
{
    /// <summary>How an XML answer begins; white space may follow it.</summary>
    private static readonly byte[] Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8.ToArray();

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Waits for <paramref name="work"/> and sends its answer.</summary>
    public async Task SendAsync(S3Call call, Task<XmlAnswer> work, CancellationToken cancellation)
    {
        var isBegun = false;
        while (!await EndsAsync(work, cancellation))
        {
            if (!isBegun)
            {
                call.Response.StatusCode = 200;
                call.Response.ContentType = "application/xml";
            }

            await call.Response.Body.WriteAsync(isBegun ? " "u8.ToArray() : Declaration, cancellation);
            await call.Response.Body.FlushAsync(cancellation);
            isBegun = true;
        }

        if (!isBegun)
        {
            using var prompt = await work;
            await call.SendAsync(prompt);
            return;
        }

        using var answer = await ResultAsync(call, work);
        await call.Response.Body.WriteAsync(answer.Finish()[Declaration.Length..], cancellation);
    }

    /// <summary>False when it goes on for another pause. A request that was given up waits for the end.</summary>
    private async Task<bool> EndsAsync(Task work, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(work, Task.Delay(Pause, time, waiting.Token));
        await waiting.CancelAsync();
        return work.IsCompleted || cancellation.IsCancellationRequested;
    }

    /// <summary>
    /// A failure of the server's own is not told in the body: the connection is cut, which sends the client to try
    /// again, and the log has it.
    /// </summary>
    private static async Task<XmlAnswer> ResultAsync(S3Call call, Task<XmlAnswer> work)
    {
        try
        {
            return await work;
        }
        catch (AwsException failure) when (failure.Status < 500)
        {
            return S3ErrorAnswer.Write(call.Exchange, call.Address, failure);
        }
        catch (TarnException failure) when (ErrorTable.Of(AwsService.S3, failure) is { Status: < 500 })
        {
            return S3ErrorAnswer.Write(call.Exchange, call.Address, ErrorTable.Of(AwsService.S3, failure));
        }
    }
}
