using System.ComponentModel.DataAnnotations;
using AriDialer.Ari.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AriDialer.Ari.Tests;

public sealed class AriOptionsTests
{
    public static TheoryData<Action<AriOptions>, string> Mistakes => new()
    {
        { options => options.Url = null, "Asterisk:Url" },
        { options => options.Url = new Uri("ftp://127.0.0.1"), "Asterisk:Url" },
        { options => options.Url = new Uri("/ari", UriKind.Relative), "Asterisk:Url" },
        { options => options.Username = "", "Asterisk:Username" },
        { options => options.Username = "a:b", "Asterisk:Username" },
        { options => options.Password = "", "Asterisk:Password" },
        { options => options.App = "", "Asterisk:App" },
        { options => options.App = "a b", "Asterisk:App" },
        { options => options.App = "a,", "Asterisk:App" },
        { options => options.App = "a\n", "Asterisk:App" },
        { options => options.MaxConnections = 0, "Asterisk:MaxConnections" },
        { options => options.MaxEventBytes = 1, "Asterisk:MaxEventBytes" },
        { options => options.RequestTimeout = TimeSpan.Zero, "time spans" },
        { options => options.ReconnectMost = TimeSpan.FromMilliseconds(1), "Asterisk:ReconnectMost" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AddAri_Mistake_IsSaidInASentence(Action<AriOptions> mistake, string sentence)
    {
        using var services = new ServiceCollection().AddAri(options =>
        {
            Fill(options);
            mistake(options);
        }).BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AriOptions>>().Value);
        Assert.Contains(sentence, failure.Message);
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Client_Mistake_IsSaidInASentence(Action<AriOptions> mistake, string sentence)
    {
        var options = new AriOptions();
        Fill(options);
        mistake(options);
        Assert.Contains(sentence, Assert.Throws<ValidationException>(() => new AriClient(options)).Message);
    }

    [Fact]
    public void AddAri_Complete_GivesOneClientAndOneSocket()
    {
        using var services = new ServiceCollection().AddAri(Fill).BuildServiceProvider();
        Assert.Same(services.GetRequiredService<AriClient>(), services.GetRequiredService<AriClient>());
        Assert.Same(services.GetRequiredService<AriEventSocket>(), services.GetRequiredService<AriEventSocket>());
    }

    [Fact]
    public void Defaults_DeadPeer_IsNoticedWithinTenSeconds()
    {
        var options = new AriOptions();
        Assert.True(options.KeepAliveInterval + options.KeepAliveTimeout < TimeSpan.FromSeconds(10));
    }

    private static void Fill(AriOptions options)
    {
        options.Url = new Uri("http://127.0.0.1:8088");
        options.Username = "me";
        options.Password = "secret";
        options.App = "aridialer,aridialer-presence";
    }
}
