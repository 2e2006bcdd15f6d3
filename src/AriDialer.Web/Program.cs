using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Demo;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Health;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Presence;
using AriDialer.Web.Features.Profile;
using AriDialer.Web.Features.Recents;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Features.Telephony;
using AriDialer.Web.Features.Voicemail;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddData();
builder.Services.AddSecurity();
builder.Services.AddAccount();
builder.Services.AddPeople();
builder.Services.AddDemo();
builder.Services.AddDialing();
builder.Services.AddContacts();
builder.Services.AddRecents();
builder.Services.AddProfile();

// These listen to calls: they start before calls do.
builder.Services.AddHistory();
builder.Services.AddLive();
builder.Services.AddPresence();
builder.Services.AddVoicemail();
builder.Services.AddPhones();
builder.Services.AddTelephony(builder.Configuration);
builder.Services.AddHealth();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Features");

var app = builder.Build();
await app.Services.MigrateAsync();

app.UseSecurity();
app.UseStaticFiles();
app.UseRouting();
app.UseWebSockets();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapAccount();
app.MapPhones();
app.MapLive();
app.MapPresence();
app.MapVoicemail();
app.MapHealth();
app.MapRazorPages();
app.Run();
