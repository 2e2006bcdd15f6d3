using System.Net;
using System.Text.RegularExpressions;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>What a person does with a page: get it, fill its form, send it. Redirections are looked at, not followed.</summary>
public sealed partial class Browser(HttpClient client, CookieJar cookies)
{
    public HttpClient Client => client;

    /// <summary>What the browser sends with a socket.</summary>
    public string CookieHeader => cookies.HeaderFor(client.BaseAddress!);

    /// <summary>The last page's text, with its entities resolved.</summary>
    public string Text { get; private set; } = "";

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        var answer = await client.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Html = html;
        Text = WebUtility.HtmlDecode(html);
        return answer;
    }

    /// <summary>The last page as it was sent.</summary>
    public string Html { get; private set; } = "";

    /// <summary>Gets the page, then sends its form with these fields.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        await GetAsync(path.Split("?handler=")[0]);
        return await SendAsync(path, fields);
    }

    /// <summary>Sends a form with the token of the last page.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = fields.Append(("__RequestVerificationToken", RequestToken)).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        return await SendAsync(path, new FormUrlEncodedContent(form));
    }

    /// <summary>Sends a form as it is, such as one with a file.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, HttpContent form)
    {
        var answer = await client.PostAsync(path, form);
        Html = await answer.Content.ReadAsStringAsync();
        Text = WebUtility.HtmlDecode(Html);
        return answer;
    }

    /// <summary>Calls an endpoint as a script of the page does.</summary>
    public async Task<HttpResponseMessage> PostScriptAsync(string path, bool withToken = true, HttpContent? form = null)
    {
        await GetAsync("/profile");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        if (withToken)
            request.Headers.Add("RequestVerificationToken", RequestToken);
        return await client.SendAsync(request);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string returnUrl = "") =>
        PostAsync($"/account/sign-in{returnUrl}", ("Input.Email", email), ("Input.Password", password));

    public string RequestToken => WebUtility.HtmlDecode(Token().Match(Html).Groups[1].Value);

    [GeneratedRegex("name=\"request-token\" content=\"([^\"]*)\"")]
    private static partial Regex Token();
}
