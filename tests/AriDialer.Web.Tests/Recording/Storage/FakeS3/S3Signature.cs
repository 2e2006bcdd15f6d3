using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AriDialer.Web.Tests.Recording.Storage.FakeS3;

/// <summary>Checks a request's signature as S3 does (AWS Signature Version 4).</summary>
internal static class S3Signature
{
    private const string Scheme = "AWS4-HMAC-SHA256";

    public static bool IsRight(HttpRequest request, string accessKey, string secretKey)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme + " ", StringComparison.Ordinal))
            return false;

        var said = authorization[(Scheme.Length + 1)..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var scope = said["Credential"].Split('/', 2);
        var signedHeaders = said["SignedHeaders"].Split(';');
        return scope[0] == accessKey
            && signedHeaders.Contains("host") && signedHeaders.Contains("x-amz-content-sha256")
            && said["Signature"] == Sign(request, secretKey, scope[1], signedHeaders);
    }

    private static string Sign(HttpRequest request, string secretKey, string scope, string[] signedHeaders)
    {
        var canonical = Hash(Encoding.UTF8.GetBytes(CanonicalOf(request, signedHeaders)));
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), Mac);
        return Hex(Mac(key, $"{Scheme}\n{request.Headers["x-amz-date"]}\n{scope}\n{canonical}"));
    }

    private static string CanonicalOf(HttpRequest request, string[] signedHeaders)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var query = target.Length == 1
            ? ""
            : string.Join('&', target[1].Split('&').Select(pair => pair.Contains('=') ? pair : pair + "=").Order(StringComparer.Ordinal));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{request.Method}\n{target[0]}\n{query}\n");
        foreach (var name in signedHeaders)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{request.Headers[name].ToString().Trim()}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n{string.Join(';', signedHeaders)}\n{request.Headers["x-amz-content-sha256"]}").ToString();
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] bytes) => Hex(SHA256.HashData(bytes));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
